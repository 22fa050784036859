import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeCode, parseCode, printedCode } from '#protocol/code'
import { LANES } from '#protocol/lane'
import { parseSlip, slipLink } from '#protocol/slip-link'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const aLane = fc.constantFrom(...LANES)

describe('a code', () => {
  it('is read however it is typed, and says its lane', () => {
    fc.assert(
      fc.property(aLane, bytes(23), (lane, random) => {
        const code = makeCode(lane, random)
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{24}$/)
        const typed = printedCode(code).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l').replaceAll(' ', ' - ')
        expect(parseCode(typed)).toEqual({ code, lane })
      }),
    )
  })

  it('with one wrong character or two neighbours swapped is never taken for a code of its lane', () => {
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
    fc.assert(
      fc.property(aLane, bytes(23), fc.nat(23), fc.nat(30), fc.nat(22), (lane, random, at, step, swapAt) => {
        const code = makeCode(lane, random)
        const wrong = alphabet[(alphabet.indexOf(code[at] ?? '') + 1 + step) % 32]
        expect(parseCode(code.slice(0, at) + wrong + code.slice(at + 1))?.lane).not.toBe(lane)
        const [a, b] = [code[swapAt], code[swapAt + 1]]
        if (a !== b) expect(parseCode(code.slice(0, swapAt) + b + a + code.slice(swapAt + 2))?.lane).not.toBe(lane)
      }),
    )
  })

  it('of another length or with letters nobody prints is refused', () => {
    for (const wrong of ['', 'ABC', 'U'.repeat(24), 'ก'.repeat(24), '0'.repeat(25), '🎫'.repeat(12)])
      expect(parseCode(wrong)).toBeNull()
  })
})

describe('a slip link', () => {
  it('carries campaign, code and manifest hash in its fragment only', () => {
    fc.assert(
      fc.property(aLane, bytes(16), bytes(16), bytes(23), (lane, cid, mh, random) => {
        const code = makeCode(lane, random)
        const link = new URL(
          slipLink('https://ita.example.go.th', { cid: new Uint8Array(cid), mh: new Uint8Array(mh), code }),
        )
        expect(link.search).toBe('?openExternalBrowser=1')
        expect(parseSlip(link.hash)).toEqual({ cid: new Uint8Array(cid), mh: new Uint8Array(mh), code, lane })
      }),
    )
  })

  it('that is damaged anywhere is refused, not half read', () => {
    const code = makeCode('iit', new Uint8Array(23).fill(9))
    const { hash } = new URL(
      slipLink('https://x', { cid: new Uint8Array(16).fill(1), mh: new Uint8Array(16).fill(2), code }),
    )
    for (let end = 0; end < hash.length; end += 1) expect(parseSlip(hash.slice(0, end))).toBeNull()
    expect(parseSlip(`${hash}.x`)).toBeNull()
    expect(parseSlip(hash.replace('#t.', '#q.'))).toBeNull()
    expect(parseSlip(`${hash}A`)).toBeNull()
  })
})
