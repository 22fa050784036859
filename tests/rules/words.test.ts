import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { questionnaire } from '#tests/support/forms.ts'

const LOCALES = new URL('../../locales/', import.meta.url).pathname

function words(language: string, file: string): Map<string, string> {
  const flat = new Map<string, string>()
  const walk = (value: unknown, path: string) => {
    if (typeof value === 'string') flat.set(path, value)
    else for (const [key, inner] of Object.entries(value as object)) walk(inner, path === '' ? key : `${path}.${key}`)
  }
  walk(JSON.parse(readFileSync(join(LOCALES, language, file), 'utf8')), '')
  return flat
}

/** Thai has one plural form, English two. */
const singular = (key: string) => key.replace(/_(one|other)$/, '')

describe('the words', () => {
  const respondentFiles = readdirSync(join(LOCALES, 'en'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.json'),
  )

  it.each(respondentFiles)('of %s are there in both languages', (file) => {
    const [th, en] = [words('th', file), words('en', file)]
    expect(new Set([...th.keys()].map(singular))).toEqual(new Set([...en.keys()].map(singular)))
    for (const text of [...th.values(), ...en.values()]) expect(text.trim()).not.toBe('')
  })

  it.each(respondentFiles)('of %s in English hold no Thai but the name of the language', (file) => {
    const thai = [...words('en', file)].filter(([key, text]) => /[฀-๿]/.test(text) && key !== 'bar.language')
    expect(thai).toEqual([])
  })

  it.each(respondentFiles)('of %s use the same placeholders in both languages', (file) => {
    const placeholders = (text: string | undefined) => (text?.match(/\{\{\w+\}\}/g) ?? []).sort()
    const en = new Map([...words('en', file)].map(([key, text]) => [singular(key), text]))
    for (const [key, text] of words('th', file)) expect(placeholders(text)).toEqual(placeholders(en.get(singular(key))))
  })

  it.each(['iit-2566', 'eit-2566', 'oit-2566'])(
    'of %s name every item, with two plain sentences and an example',
    (form) => {
      for (const language of ['th', 'en']) {
        const all = words(language, `instruments/${form}.json`)
        for (const { id } of questionnaire(form).items) {
          for (const part of ['text', 'plain', 'example'])
            expect(all.get(`item.${id}.${part}`), `${language} ${id} ${part}`).toBeDefined()
        }
      }
    },
  )

  it('correct the misreadings of the scanned source', () => {
    const all = respondentFiles.flatMap((file) => [...words('th', file).values()]).join('\n')
    for (const misread of ['คุณบังคับบัญชา', 'ชองกับ', 'จำนวนชั้นต่ำ', 'เจตนาธรรมเนียม']) expect(all).not.toContain(misread)
    expect(words('th', 'instruments/oit-2566.json').get('item.O31.text')).toContain('เจตนารมณ์นโยบาย')
  })
})

describe('every word in the locales (that what is asked for is there, the compiler says)', () => {
  const files = readdirSync(new URL('../../src/app', import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => ({ file, text: readFileSync(new URL(`../../src/app/${file}`, import.meta.url), 'utf8') }))
  const sources = files.map(({ text }) => text).join('\n')
  const respondents = files.filter(({ file }) => !file.startsWith('office/'))
  const textOf = (some: typeof files) => some.map(({ text }) => text).join('\n')
  const keys = new Set([...words('th', 'respond.json').keys()].map(singular))

  it('of a respondent is asked for: none in the locales is left over', () => {
    const asked = [
      ...textOf(respondents).matchAll(
        /['"`](?:respond:)?((?:app|bar|lane|owner|welcome|ticket|leaves|opening|unit|declined|resume|question|review|delivery|home|problem|stray|update|scale|more|typed)\.[\w.${}-]+)/g,
      ),
    ].map((match) => match[1] ?? '')
    // `a.${b}` asks for every key below `a.`
    const patterns = asked.map(
      (key) =>
        new RegExp(`^${key.replace(/\$\{.*$/, '').replaceAll('.', '\\.')}${key.includes('${') ? '[\\w.-]+' : ''}$`),
    )
    expect([...keys].filter((key) => !patterns.some((pattern) => pattern.test(key)))).toEqual([])
  })

  it('about checking is asked for', () => {
    const pages = ['check-page.tsx', 'receipts-page.tsx'].map((file) =>
      readFileSync(new URL(`../../src/app/respond/${file}`, import.meta.url), 'utf8'),
    )
    const known = [...words('th', 'check.json').keys()]
    const asked = [
      ...pages.join('\n').matchAll(/['"`]((?:title|lead|asked\w*|do|never\w*|receipts)(?:\.[\w.${}-]+)?)['"`]/g),
    ]
    const patterns = asked.map(
      ([, key = '']) => new RegExp(`^${key.replace(/\$\{\w+\}/g, '[\\w-]+').replace(/\$\{.*$/, '.+')}$`),
    )
    expect(known.filter((key) => !patterns.some((pattern) => pattern.test(key)))).toEqual([])
  })

  it('at the counter is asked for', () => {
    const folder = new URL('../../src/app/counter/', import.meta.url)
    const screens = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'))
    const asked = [...screens.join('\n').matchAll(/['"`]([a-z]+(?:[A-Z][a-z]+)*(?:\.[\w.${}-]+)?)['"`]/g)].map(
      ([, key = '']) => key,
    )
    const patterns = asked.map((key) => new RegExp(`^${key.replace(/\$\{\w+\}/g, '[\\w-]+')}$`))
    const known = [...words('th', 'counter.json').keys()]
    expect(known.filter((key) => !patterns.some((pattern) => pattern.test(key)))).toEqual([])
  })

  it('in the survey team’s room is asked for', () => {
    const room = textOf(files.filter(({ file }) => file.startsWith('office/')))
    const asked = [...room.matchAll(/['"`]([a-z]\w*(?:[\w.-]|\$\{[^}]*\})*)['"`]/g)].map(([, key = '']) => key)
    const patterns = asked.map(
      (key) => new RegExp(`^${key.replace(/\$\{[^}]*\}/g, '[\\w-]+').replaceAll('.', '\\.')}$`),
    )
    const known = [...words('th', 'office.json').keys()]
    expect(known.filter((key) => !patterns.some((pattern) => pattern.test(key)))).toEqual([])
  })

  it('comes from the locales: no Thai stands in the code', () => {
    expect(sources.match(/[ก-๎]{2,}/g) ?? []).toEqual([])
  })
})
