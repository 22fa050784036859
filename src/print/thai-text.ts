/**
 * Text as this PDF library's shaper needs it; a test compares the outcome with HarfBuzz, glyph by glyph. SARA AM is a circle
 * above and a vowel behind: a tone mark before it belongs above the circle, so it is taken apart and the circle put first. And a
 * tone mark over a tall consonant moves aside only when no vowel below stands between the two.
 */
export function shapeable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/([\u0E48-\u0E4B]*)\u0E33/g, '\u0E4D$1\u0E32')
    .replace(/([\u0E1B\u0E1D\u0E1F])([\u0E38-\u0E3A])([\u0E48-\u0E4C])/g, '$1$3$2')
}

const WORDS = new Intl.Segmenter('th', { granularity: 'word' })

/** Lines that are at most so wide. Thai has no spaces between words: a dictionary finds where a line may end. */
export function wrapThai(text: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  for (const { segment } of WORDS.segment(text)) {
    if (line !== '' && widthOf(line + segment) > width) {
      lines.push(line.trimEnd())
      line = segment.trimStart()
    } else line += segment
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()]
}

/** Fills `{{name}}` in a text of the locales. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_match, name: string) => String(values[name] ?? ''))
}

const THAI_DAY = new Intl.DateTimeFormat('th-TH-u-ca-buddhist', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})

/** A day of a manifest in Thai, with the Buddhist year. */
export function thaiDay(day: string): string {
  return THAI_DAY.format(new Date(`${day}T00:00:00Z`))
}
