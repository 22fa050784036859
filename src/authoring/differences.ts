import type { FormDocument } from '#instruments/form-document'
import type { YearDocument } from '#instruments/years'
import { canonicalJson } from '#protocol/json'

/** How an item differs from the one of the same id in an earlier year. */
export interface Difference {
  readonly item: string
  readonly what: 'new' | 'gone' | 'text' | 'options' | 'scores' | 'indicator' | 'rules'
  readonly before: string
  readonly now: string
}

/** Item by item, what differs from an earlier year: to be read before anybody is asked. */
export function differences(document: YearDocument, earlier: YearDocument): Difference[] {
  const ofItems = document.forms.flatMap((one) => {
    const other = earlier.forms.find(({ form }) => form.instrument === one.form.instrument)
    return other ? ofForms(one, other) : []
  })
  return [...ofRules(document, earlier), ...ofItems]
}

const RULES = ['weights', 'eitParts', 'levels', 'sample'] as const

/** A rule of a year, where `item` of a difference names one. */
export type RuleName = (typeof RULES)[number]

/** Weights, parts of EIT, levels and samples: what scores are made of beside the items. */
function ofRules(document: YearDocument, earlier: YearDocument): Difference[] {
  return RULES.flatMap((item): Difference[] => {
    const [before, now] = [earlier, document].map(({ rules }) => shown(rules[item]))
    return before === now ? [] : [{ item, what: 'rules', before: before ?? '', now: now ?? '' }]
  })
}

/** A rule as people can compare it: names and values, without the signs of a program. */
function shown(rule: unknown): string {
  return canonicalJson(rule)
    .replace(/["{}[\]]/g, '')
    .replaceAll(',', ' · ')
    .replaceAll(':', ' ')
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
