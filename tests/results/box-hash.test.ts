import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { utf8 } from '#protocol/bytes'
import { BoxHash } from '#results/box-hash'
import { readSealedLine, sealedLine } from '#results/sealed-line'

const rows = ['iit', 'eit-public'].map((lane) =>
  sealedLine({ lane: lane as 'iit', sealed: new Uint8Array(1617).fill(lane.length) }),
)

function hashOf(lines: readonly string[], pieceBytes: number): string {
  const [hash, bytes] = [new BoxHash(), utf8(lines.join(''))]
  for (let at = 0; at < bytes.length; at += pieceBytes) hash.add(bytes.subarray(at, at + pieceBytes))
  return hash.digest()
}

it('a box’s hash is that of its rows, in whatever pieces they come, and leaves out the line that counts them', () => {
  const expected = createHash('sha256').update(rows.join('')).digest('hex')
  for (const size of [1, 7, 4096, 100_000]) expect(hashOf([...rows, '{"end":2}\n'], size)).toBe(expected)
})

it('whatever else looks like that line changes the hash, and is no row and no end', () => {
  const [row = ''] = rows
  const smuggled = row.replace('{', '{"end":"no",')
  for (const line of [smuggled, row.replace('{', '{"end":2,'), '{"end":2,"x":1}\n', '{"end": 2}\n', '{"end":-1}\n']) {
    expect([line, hashOf([...rows, line], 4096)]).not.toEqual([line, hashOf([...rows, '{"end":2}\n'], 4096)])
  }
  for (const line of [smuggled, row.replace('{', '{"end":2,'), '{"end":2,"x":1}'])
    expect(readSealedLine(line)).toBe('damaged')
  expect(readSealedLine('{"end":2}')).toBe(2)
})
