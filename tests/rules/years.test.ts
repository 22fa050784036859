import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { allYears } from '#instruments/years'

const SRC = new URL('../../src/', import.meta.url).pathname
const LOCALES = new URL('../../locales/', import.meta.url).pathname

const filesIn = (folder: string, ending: RegExp) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => ending.test(file))

/** Code without its comments: they may name a year as an example. */
const codeOf = (file: string) =>
  readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')

const sources = filesIn(SRC, /\.tsx?$/)
  .filter((file) => !file.startsWith('instruments/'))
  .map((file) => ({ file, code: codeOf(join(SRC, file)) }))

const forms = allYears().flatMap(({ lanes, oit }) => [...Object.values(lanes), oit])

it('no source outside src/instruments names a fiscal year, a form, an item or a set of options', () => {
  const years = allYears().map(({ id }) => id)
  const named = new Set(forms.flatMap(({ id, items }) => [id, ...items.flatMap((item) => [item.id, item.scale])]))
  const found = sources.flatMap(({ file, code }) => [
    ...years.filter((year) => new RegExp(`(?<!\\d)${year}(?!\\d)`).test(code)).map((year) => `${file}: ${year}`),
    ...[...code.matchAll(/['"`]([\w-]+)['"`]/g)]
      .map(([, text = '']) => text)
      // a level of a score is called level, too; a set of options is asked for by the word `scale`
      .filter((text) => named.has(text) && text !== 'level' && text !== 'disclosed')
      .map((text) => `${file}: ${text}`),
  ])
  expect(sources.length).toBeGreaterThan(300)
  expect(found).toEqual([])
})

it('no words outside those of the instruments say how many questions there are, or of which year they are', () => {
  const counts = [...new Set(forms.map(({ items }) => String(items.length)))]
  const said = filesIn(LOCALES, /\.json$/)
    .filter((file) => !file.includes('instruments/'))
    .flatMap((file) => {
      const text = readFileSync(join(LOCALES, file), 'utf8')
      const wrong = [...text.matchAll(/(?<![\d{])(\d+) (ข้อ|questions|items)/g)].map(([, count = '']) => count)
      return [
        ...wrong.filter((count) => counts.includes(count)).map((count) => `${file}: ${count}`),
        ...allYears()
          .filter(({ id }) => text.includes(id))
          .map(({ id }) => `${file}: ${id}`),
      ]
    })
  expect(said).toEqual([])
})
