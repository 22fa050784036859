import { randomBytes } from 'node:crypto'
import { decodeQR } from 'qr/decode.js'
import { describe, expect, it } from 'vitest'
import { bytesOfLatin1, latin1, modulesOfBytes } from '#protocol/qr'
import { FRAME_BYTES, FRAME_QR_VERSION, type FramedItem, FrameReader, framesOf } from '#protocol/rescue-frames'
import { shuffled } from '#protocol/shuffled'

const CID = randomBytes(16).toString('base64url')
const part = (bytes: number) => randomBytes(bytes).toString('base64url')
const items = (count: number, cid = CID): FramedItem[] =>
  Array.from({ length: count }, () => ({
    cid,
    item: { input: part(95), sig: part(384), enc: part(65), ct: part(1552) },
  }))

/** Adds frames in turn; what came through whole. */
async function readAll(reader: FrameReader, frames: readonly Uint8Array[]): Promise<FramedItem[]> {
  const got: FramedItem[] = []
  for (const frame of frames) {
    const whole = await reader.add(frame)
    if (whole) got.push(whole)
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
    const frames = await framesOf(sent)
    const reader = new FrameReader()
    const got: FramedItem[] = []
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
    const frames = await framesOf(items(3))
    expect(frames.map(({ length }) => length)).toEqual(Array.from({ length: 6 }, () => FRAME_BYTES))
    for (const frame of frames) {
      const text = decodeQR(pictureOf(modulesOfBytes(frame, FRAME_QR_VERSION)), { textDecoder: latin1 })
      expect(Buffer.from(bytesOfLatin1(text)).equals(Buffer.from(frame))).toBe(true)
    }
  })

  it('pass over what is not theirs: other pictures, short frames, a frame of another version', async () => {
    const reader = new FrameReader()
    const [frame = new Uint8Array()] = await framesOf(items(1))
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

  it('that were delivered meanwhile are not waited for, and never stand for others that were not seen', async () => {
    const all = items(10)
    const reader = new FrameReader()
    const frames = await framesOf(all)
    await readAll(reader, frames.slice(0, 14))
    expect(reader.progress).toEqual({ got: 7, of: 10 })
    // five of the seven were delivered by the first tablet itself; two that are known and three that are not remain
    const left = await framesOf(all.slice(5))
    await readAll(reader, left.slice(0, 1))
    expect(reader.isComplete).toBe(false)
    expect((await readAll(reader, left)).map(({ item }) => item)).toEqual(all.slice(7).map(({ item }) => item))
    expect(reader.isComplete).toBe(true)
  })

  it('of two campaigns are one series: one campaign alone is not all', async () => {
    const both = [...items(1), ...items(1, randomBytes(16).toString('base64url'))]
    const reader = new FrameReader()
    const frames = await framesOf(both)
    await readAll(reader, frames.slice(0, 2))
    expect(reader.progress).toEqual({ got: 1, of: 2 })
    expect(reader.isComplete).toBe(false)
    await readAll(reader, frames)
    expect(reader.isComplete).toBe(true)
  })
})
