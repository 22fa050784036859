import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { EMBLEM_SIDE, isPlainPng, MOST_EMBLEM_BYTES, plainPng } from '#protocol/emblem'

/** A chunk of a PNG; readers of pictures check its sum, an emblem is read by a picture's reader afterwards. */
function chunk(name: string, data: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  return Buffer.concat([length, Buffer.from(name, 'latin1'), data, Buffer.alloc(4)])
}

function png(
  width: number,
  height: number,
  more: readonly Buffer[] = [],
  pixels = deflateSync(Buffer.alloc(64)),
): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([signature, chunk('IHDR', head), ...more, chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

describe('an emblem', () => {
  it('is a picture and nothing else: text, time, profiles and what lies behind its end are left out', () => {
    const bare = png(64, 200)
    expect(isPlainPng(bare)).toBe(true)
    const marked = png(64, 200, [
      chunk('tEXt', Buffer.from('Author\0somebody')),
      chunk('tIME', Buffer.alloc(7)),
      chunk('iCCP', Buffer.alloc(9)),
    ])
    expect(isPlainPng(marked)).toBe(false)
    expect(Buffer.from(plainPng(marked) ?? []).equals(bare)).toBe(true)
    expect(Buffer.from(plainPng(Buffer.concat([bare, Buffer.from('<script>')])) ?? []).equals(bare)).toBe(true)
  })

  it('is no other kind of file, none that is too large, and none that breaks off', () => {
    const bare = png(64, 64)
    const long = Buffer.from(bare)
    long.writeUInt32BE(0xffffffff, 8)
    const headless = Buffer.concat([bare.subarray(0, 8), bare.subarray(8 + 25)])
    for (const [what, bytes] of [
      ['nothing', Buffer.alloc(0)],
      ['a drawing', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')],
      ['a photograph', Buffer.from('ffd8ffe0', 'hex')],
      ['cut off', bare.subarray(0, bare.length - 5)],
      ['a signature alone', bare.subarray(0, 8)],
      ['a length beyond the end', long],
      ['no head', headless],
      ['too wide', png(EMBLEM_SIDE + 1, 8)],
      ['too high', png(8, EMBLEM_SIDE + 1)],
      ['no height', png(8, 0)],
      ['too heavy', png(8, 8, [], Buffer.alloc(MOST_EMBLEM_BYTES))],
    ] as const)
      expect([what, plainPng(bytes)]).toEqual([what, null])
  })
})
