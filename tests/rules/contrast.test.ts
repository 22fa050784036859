import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const CSS = readFileSync(new URL('../../src/app/ui/base.css', import.meta.url), 'utf8')

/** The palettes of the page, the light one first. */
const PALETTES = [...CSS.matchAll(/:root\s*\{([^}]*)\}/g)]
  .map(([, body = '']) =>
    Object.fromEntries([...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, k, v]) => [k, v])),
  )
  .filter((palette) => 'paper' in palette)

/** Relative luminance of a colour (WCAG 2.2). */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one = '', other = ''): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (lighter + 0.05) / (darker + 0.05)
}

describe.each(PALETTES.map((palette, index) => [index === 0 ? 'light' : 'dark', palette] as const))(
  'in the %s palette',
  (_name, colors) => {
    it.each(['paper', 'card'])('lines and what is chosen are told from %s (3 to 1)', (ground) => {
      expect(contrast(colors.line, colors[ground])).toBeGreaterThanOrEqual(3)
      expect(contrast(colors.accent, colors[ground])).toBeGreaterThanOrEqual(3)
    })

    it.each(['paper', 'card', 'accent-wash'])('words are read on %s (4.5 to 1)', (ground) => {
      for (const word of ['ink', 'soft-ink']) expect(contrast(colors[word], colors[ground])).toBeGreaterThanOrEqual(4.5)
    })

    it.each([
      ['on-accent', 'accent'],
      ['warn', 'warn-wash'],
      ['on-danger', 'danger'],
    ])('%s is read on %s (4.5 to 1)', (word, ground) => {
      expect(contrast(colors[word], colors[ground])).toBeGreaterThanOrEqual(4.5)
    })
  },
)
