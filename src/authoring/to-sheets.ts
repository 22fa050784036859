import type { FormDocument, FormWords } from '#instruments/form-document'
import type { YearDocument } from '#instruments/years'
import type { RawSheet } from './read-sheets.ts'
import { type AuthoringWords, SHEET_NAMES, SHEETS, type SheetName } from './tables.ts'

type Cells = Readonly<Record<string, string>>

/** A year as sheets in one language's headings: what a person fills in, and what comes back the same when it is read again. */
export function yearToSheets(document: YearDocument, words: AuthoringWords): RawSheet[] {
  const nameOf = scaleNames(document)
  const rows: Readonly<Record<SheetName, readonly Cells[]>> = {
    set: document.forms.map((form) => setRow(document, form)),
    indicators: document.forms.flatMap(indicatorRows),
    items: document.forms.flatMap((form) => itemRows(form, nameOf)),
    options: optionRows(document, words, nameOf),
    lanes: laneRows(document),
    levels: document.rules.levels.map(({ level, from, eachFrom, confirmed }) => ({
      level: words.value[level] ?? level,
      from: String(from),
      eachFrom: eachFrom === undefined ? '' : String(eachFrom),
      confirmed: words.value[confirmed ? 'yes' : 'no'] ?? '',
    })),
    topics: topicRows(document),
  }
  return SHEET_NAMES.map((name) => ({
    name: words.sheet[name],
    rows: [
      SHEETS[name].map((column) => words.column[column] ?? column),
      ...rows[name].map((cells) => SHEETS[name].map((column) => valueIn(cells, column, words))),
    ],
  }))
}

function valueIn(cells: Cells, column: string, words: AuthoringWords): string {
  const text = cells[column] ?? ''
  const isChoice = ['instrument', 'opening', 'lane', 'rule'].includes(column)
  return isChoice ? (words.value[text] ?? text) : text
}

function setRow({ rules, source }: YearDocument, { form, words }: FormDocument): Cells {
  return {
    year: rules.id,
    instrument: form.instrument,
    fiscalYear: String(form.fiscalYear),
    titleTh: words.th?.title ?? '',
    titleEn: words.en?.title ?? '',
    weight: String(rules.weights[form.instrument] ?? ''),
    minutes: form.minutes === undefined ? '' : String(form.minutes),
    opening: form.opening ?? '',
    ...source,
  }
}

function indicatorRows({ form, words: { th, en } }: FormDocument): Cells[] {
  return form.indicators.flatMap(({ id, groups }) => {
    const base = { instrument: form.instrument, indicator: id }
    const named = groups.filter((group) => group.id !== id)
    return [
      { ...base, nameTh: th?.indicator[id] ?? '', nameEn: en?.indicator[id] ?? '' },
      ...named.map((group) => ({
        ...base,
        group: group.id,
        nameTh: th?.group?.[group.id] ?? '',
        nameEn: en?.group?.[group.id] ?? '',
      })),
    ]
  })
}

function itemRows({ form, words: { th, en } }: FormDocument, nameOf: ScaleNames): Cells[] {
  return form.indicators.flatMap(({ id: indicator, groups }) =>
    groups.flatMap((group) =>
      group.items.map(([item = '', scale = '']) => ({
        item,
        indicator,
        group: group.id === indicator ? '' : group.id,
        scale: nameOf(form.instrument, scale),
        ...said('Th', th, form.notes, item),
        ...said('En', en, form.notes, item),
      })),
    ),
  )
}

function said(
  language: 'Th' | 'En',
  words: FormWords | undefined,
  notes: Readonly<Record<string, readonly string[]>> | undefined,
  item: string,
): Cells {
  const { text = '', plain = '', example = '' } = words?.item[item] ?? {}
  const note = Object.entries(notes ?? {}).find(([, ids]) => ids.includes(item))?.[0] ?? ''
  return {
    [`text${language}`]: text,
    [`plain${language}`]: plain,
    [`example${language}`]: example,
    [`note${language}`]: words?.note?.[note] ?? '',
  }
}

/** How a set is called on the sheet: its own name, unless two questionnaires call different sets the same. */
type ScaleNames = (instrument: string, scale: string) => string

function scaleNames({ forms }: YearDocument): ScaleNames {
  const signatures = new Map<string, Set<string>>()
  for (const { form, words } of forms)
    for (const [scale, options] of Object.entries(form.scales)) {
      const said = JSON.stringify([options, words.th?.scale?.[scale], words.en?.scale?.[scale]])
      signatures.set(scale, (signatures.get(scale) ?? new Set()).add(said))
    }
  return (instrument, scale) => ((signatures.get(scale)?.size ?? 0) > 1 ? `${instrument}-${scale}` : scale)
}

function optionRows({ forms }: YearDocument, words: AuthoringWords, nameOf: ScaleNames): Cells[] {
  const seen = new Set<string>()
  return forms.flatMap(({ form, words: { th, en } }) => {
    // what is disclosed has no words of its own: a list is ticked
    const disclosed = form.instrument === 'oit' ? [words.value.disclosed, words.value.undisclosed] : []
    return Object.entries(form.scales).flatMap(([scale, options]) => {
      const name = nameOf(form.instrument, scale)
      if (seen.has(name)) return []
      seen.add(name)
      return options.map(([code, score], at) => ({
        scale: name,
        place: String(at + 1),
        code: String(code),
        score: String(score),
        labelTh: th?.scale?.[scale]?.[at] ?? disclosed[at] ?? '',
        labelEn: en?.scale?.[scale]?.[at] ?? '',
      }))
    })
  })
}

function laneRows({ rules }: YearDocument): Cells[] {
  return Object.entries(rules.sample).map(([lane, value]) => {
    const { rule, percent, atLeast, atMost, number } = value as Readonly<Record<string, string | number | undefined>>
    const text = (one: string | number | undefined) => (one === undefined ? '' : String(one))
    return {
      lane,
      eitPart: text(rules.eitParts[lane]),
      rule: text(rule),
      percent: text(percent),
      atLeast: text(atLeast),
      atMost: text(atMost),
      number: text(number),
    }
  })
}

function topicRows({ forms }: YearDocument): Cells[] {
  const topics = new Map<string, string[]>()
  for (const { form } of forms)
    for (const [topic, items] of Object.entries(form.topics ?? {}))
      topics.set(topic, [...(topics.get(topic) ?? []), ...items])
  return [...topics].map(([topic, items]) => ({ topic, items: items.join(' ') }))
}
