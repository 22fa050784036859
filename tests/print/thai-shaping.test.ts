import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { create, type Font } from 'fontkit'
import * as hb from 'harfbuzzjs'
import { describe, expect, it } from 'vitest'
import print from '#locales/th/print.json' with { type: 'json' }
import { shapeable, wrapThai } from '#print/thai-text'

const require = createRequire(import.meta.url)
const FILES = ['400Regular/NotoSansThaiLooped_400Regular.ttf', '700Bold/NotoSansThaiLooped_700Bold.ttf']

interface Placed {
  readonly glyph: number
  readonly x: number
  readonly y: number
}

const byPlace = (a: Placed, b: Placed) => a.x - b.x || a.y - b.y || a.glyph - b.glyph

/** Where our PDF library puts each glyph. */
function ours(font: Font, text: string): Placed[] {
  const { glyphs, positions } = font.layout(shapeable(text))
  let x = 0
  const placed = glyphs.map(({ id }, index) => {
    const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[index] ?? {}
    const place = { glyph: id, x: Math.round(x + xOffset), y: Math.round(yOffset) }
    x += xAdvance
    return place
  })
  return placed.sort(byPlace)
}

/** Where HarfBuzz puts it: the shaper of browsers and word processors. */
function theirs(font: hb.Font, text: string): Placed[] {
  const buffer = new hb.Buffer()
  buffer.addText(text.normalize('NFC'))
  buffer.guessSegmentProperties()
  hb.shape(font, buffer)
  const positions = buffer.getGlyphPositions()
  let x = 0
  const placed = buffer.getGlyphInfos().map(({ codepoint }, index) => {
    const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[index] ?? {}
    const place = { glyph: codepoint, x: Math.round(x + xOffset), y: Math.round(yOffset) }
    x += xAdvance
    return place
  })
  return placed.sort(byPlace)
}

/** Every word that could come onto paper, and the pairs of marks that Thai text allows. */
function texts(): string[] {
  const files = readdirSync(new URL('../../locales/th/', import.meta.url), {
    recursive: true,
    encoding: 'utf8',
  }).filter((file) => file.endsWith('.json'))
  const words = files.flatMap((file) => {
    const found: string[] = []
    JSON.parse(readFileSync(new URL(`../../locales/th/${file}`, import.meta.url), 'utf8'), (_key, value) => {
      if (typeof value === 'string') found.push(value)
      return value
    })
    return found
  })
  const consonants = [...'กขคงจชญฎฏฐดตทธนบปผฝพฟมยรลวศสหฬอฮ']
  const above = ['', 'ิ', 'ี', 'ึ', 'ื', 'ั', '็']
  const below = ['', 'ุ', 'ู']
  const tones = ['', '่', '้', '๊', '๋', '์']
  const pairs = consonants.flatMap((one) => [
    ...above.flatMap((vowel) => tones.map((tone) => `${one}${vowel}${tone}`)),
    ...below.flatMap((vowel) => tones.map((tone) => `${one}${vowel}${tone}`)),
    ...tones.filter((tone) => tone !== '์').map((tone) => `${one}${tone}ำ`),
  ])
  return [...words, ...pairs]
}

function flat(words: object): string[] {
  return Object.values(words).flatMap((value) => (typeof value === 'string' ? [value] : flat(value)))
}

describe('Thai on paper', () => {
  it.each(FILES)('is set like HarfBuzz sets it, marks and tone marks included: %s', (file) => {
    const path = require.resolve(`@expo-google-fonts/noto-sans-thai-looped/${file}`)
    const bytes = readFileSync(path)
    const fontkitFont = create(bytes) as Font
    const font = new hb.Font(new hb.Face(new hb.Blob(bytes)))
    const all = texts()
    expect(all.length).toBeGreaterThan(1500)
    const different = all.filter(
      (text) => JSON.stringify(ours(fontkitFont, text)) !== JSON.stringify(theirs(font, text)),
    )
    expect(different).toEqual([])
    const printed = flat(print)
    const unknown = printed.filter((text) => ours(fontkitFont, text).some(({ glyph }) => glyph === 0))
    expect(unknown).toEqual([])
  })

  it('ends lines between words, never inside one, and leaves no mark alone', () => {
    const text = 'คนที่มองข้ามไหล่ แอปที่ถูกผู้ดูแลแก้ การเฝ้าดูเครือข่ายสด ๆ ในหน่วยงานเล็กมาก'
    const lines = wrapThai(text, 20, (part) => [...part].length)
    expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
    for (const line of lines) {
      expect([...line].length).toBeLessThanOrEqual(20)
      expect(line).not.toMatch(/^[\u0E31\u0E33-\u0E3A\u0E47-\u0E4E]/)
    }
    expect(lines.length).toBeGreaterThan(3)
  })
})
