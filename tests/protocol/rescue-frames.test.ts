import { randomBytes } from 'node:crypto'
import { decodeQR } from 'qr/decode.js'
import { describe, expect, it } from 'vitest'
import type { BoxItem } from '#protocol/messages'
import { bytesOfLatin1, latin1, modulesOfBytes } from '#protocol/qr'
import { FRAME_BYTES, FRAME_QR_VERSION, FrameReader, framesOf } from '#protocol/rescue-frames'
import { shuffled } from '#protocol/shuffled'

const CID = randomBytes(16).toString('base64url')
const part = (bytes: number) => randomBytes(bytes).toString('base64url')
const items = (count: number): BoxItem[] =>
  Array.from({ length: count }, () => ({ input: part(95), sig: part(384), enc: part(65), ct: part(1040) }))

/** Adds frames in turn; what came through whole. */
async function readAll(reader: FrameReader, frames: readonly Uint8Array[]): Promise<BoxItem[]> {
  const got: BoxItem[] = []
  for (const frame of frames) {
    const whole = await reader.add(frame)
    if (whole) got.push(whole.item)
  }
  return got
}

/** Modules as a camera might see them at its best: three pixels each. */
function pictureOf(modules: readonly (readonly boolean[])[]) {
  const side = modules.length * 3
  const data = new Uint8Array(side * side * 4)
  const at = (index: number) => Math.floor(index / 3)
  for (let pixel = 0; pixel < side * side; pixel += 1) {
    const dark = modules[at(Math.floor(pixel / side))]?.[at(pixel % side)]
    data.set(dark ? [0, 0, 0, 255] : [255, 255, 255, 255], pixel * 4)
  }
  return { width: side, height: side, data }
}

describe('responses as moving pictures', () => {
  it('come through in any order, with frames lost, seen twice and misread', async () => {
    const sent = items(40)
    const frames = await framesOf(CID, sent)
    const reader = new FrameReader()
    const got: BoxItem[] = []
    let rounds = 0
    while (!reader.isComplete) {
      rounds += 1
      const seen = shuffled(frames, (bound) => Math.floor(Math.random() * bound)).filter(() => Math.random() < 0.7)
      const misread = seen.slice(0, 5).map((frame) => frame.map((byte, at) => (at === 500 ? byte ^ 1 : byte)))
      got.push(...(await readAll(reader, [...misread, ...seen, ...seen])))
    }
    expect(rounds).toBeGreaterThan(1)
    expect(new Set(got.map((item) => JSON.stringify(item)))).toEqual(new Set(sent.map((item) => JSON.stringify(item))))
    expect(got).toHaveLength(40)
  })

  it('are one length, hold no order, and fit the QR version they are shown in', async () => {
    const frames = await framesOf(CID, items(3))
    expect(frames.map(({ length }) => length)).toEqual(Array.from({ length: 6 }, () => FRAME_BYTES))
    for (const frame of frames) {
      const text = decodeQR(pictureOf(modulesOfBytes(frame, FRAME_QR_VERSION)), { textDecoder: latin1 })
      expect(Buffer.from(bytesOfLatin1(text)).equals(Buffer.from(frame))).toBe(true)
    }
  })

  it('pass over what is not theirs: other pictures, short frames, a frame of another version', async () => {
    const reader = new FrameReader()
    const [frame = new Uint8Array()] = await framesOf(CID, items(1))
    const strange = [
      new Uint8Array(),
      randomBytes(FRAME_BYTES),
      frame.slice(1),
      frame.map((b, at) => (at === 2 ? 9 : b)),
    ]
    expect(await readAll(reader, strange)).toEqual([])
    expect(reader.progress).toEqual({ got: 0, of: 0 })
    expect(reader.isComplete).toBe(false)
  })

  it('that were delivered meanwhile are not waited for', async () => {
    const [one, two, three] = items(3) as [BoxItem, BoxItem, BoxItem]
    const reader = new FrameReader()
    await readAll(reader, (await framesOf(CID, [one, two, three])).slice(0, 4))
    expect(reader.isComplete).toBe(false)
    await readAll(reader, await framesOf(CID, [two]))
    expect(reader.isComplete).toBe(true)
  })
})
