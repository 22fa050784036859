import type { FormDocument } from '#instruments/form-document'
import type { YearDocument } from '#instruments/years'
import type { AuthoringWords } from './tables.ts'
import { yearToSheets } from './to-sheets.ts'

/** How an item differs from the one of the same id in an earlier year. */
export interface Difference {
  readonly item: string
  readonly what: 'new' | 'gone' | 'text' | 'options' | 'scores' | 'indicator' | 'rules'
  readonly before: string
  readonly now: string
}

/**
 * Rule by rule and item by item, what differs from an earlier year: to be read before anybody is asked. Rules are said as they
 * stand on the sheets, in the words of whoever reads them.
 */
export function differences(document: YearDocument, earlier: YearDocument, words: AuthoringWords): Difference[] {
  const ofItems = document.forms.flatMap((one) => {
    const other = earlier.forms.find(({ form }) => form.instrument === one.form.instrument)
    return other ? ofForms(one, other) : []
  })
  return [...ofRules(document, earlier, words), ...ofItems]
}

/** Weights, samples with the parts of EIT, levels: what scores are made of beside the items. */
function ofRules(document: YearDocument, earlier: YearDocument, words: AuthoringWords): Difference[] {
  const [now, before] = [document, earlier].map((year) => rulesOf(year, words)) as [Rules, Rules]
  return Object.entries(now).flatMap(([item, said]): Difference[] =>
    said === before[item] ? [] : [{ item, what: 'rules', before: before[item] ?? '', now: said }],
  )
}

type Rules = Readonly<Record<string, string>>

function rulesOf(year: YearDocument, words: AuthoringWords): Rules {
  const sheets = yearToSheets(year, words)
  const said = (name: string) => {
    const [, ...rows] = sheets.find((sheet) => sheet.name === name)?.rows ?? []
    return rows.map((row) => row.filter((cell) => cell !== '').join(' · ')).join(' / ')
  }
  const weights = Object.entries(year.rules.weights).map(
    ([instrument, weight]) => `${instrument.toUpperCase()} ${weight}`,
  )
  return {
    [words.column.weight ?? '']: weights.join(' · '),
    [words.sheet.lanes]: said(words.sheet.lanes),
    [words.sheet.levels]: said(words.sheet.levels),
  }
}

interface Seen {
  readonly text: string
  readonly options: string
  /** By code: a code that means another option is another score. */
  readonly scores: string
  readonly indicator: string
}

function ofForms(one: FormDocument, other: FormDocument): Difference[] {
  const [now, before] = [itemsOf(one), itemsOf(other)]
  const changed = [...now].flatMap(([item, own]): Difference[] => {
    const was = before.get(item)
    if (!was) return [{ item, what: 'new', before: '', now: own.text }]
    return (['text', 'options', 'scores', 'indicator'] as const).flatMap((what) =>
      // a list that is ticked had no words of its own
      was[what] === own[what] || (what === 'options' && was.options === '')
        ? []
        : [{ item, what, before: was[what], now: own[what] }],
    )
  })
  const gone = [...before].filter(([item]) => !now.has(item))
  return [...changed, ...gone.map(([item, { text }]): Difference => ({ item, what: 'gone', before: text, now: '' }))]
}

function itemsOf({ form, words }: FormDocument): Map<string, Seen> {
  const items = form.indicators.flatMap(({ id, groups }) =>
    groups.flatMap((group) =>
      group.items.map(([item, scale]) => [item, scale, id === group.id ? id : `${id} ${group.id}`]),
    ),
  )
  return new Map(
    items.map(([item = '', scale = '', indicator = '']) => [
      item,
      {
        text: words.th?.item[item]?.text ?? '',
        options: (words.th?.scale?.[scale] ?? []).join(' / '),
        scores: (form.scales[scale] ?? []).map(([code, score]) => `${code}=${score}`).join(' · '),
        indicator,
      },
    ]),
  )
}
