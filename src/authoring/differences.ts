import type { FormDocument } from '#instruments/form-document'
import type { YearDocument } from '#instruments/years'

/** How an item differs from the one of the same id in an earlier year. */
export interface Difference {
  readonly item: string
  readonly what: 'new' | 'gone' | 'text' | 'options' | 'scores'
  readonly before: string
  readonly now: string
}

/** Item by item, what differs from an earlier year: to be read before anybody is asked. */
export function differences(document: YearDocument, earlier: YearDocument): Difference[] {
  return document.forms.flatMap((one) => {
    const other = earlier.forms.find(({ form }) => form.instrument === one.form.instrument)
    return other ? ofForms(one, other) : []
  })
}

interface Seen {
  readonly text: string
  readonly options: string
  readonly scores: string
}

function ofForms(one: FormDocument, other: FormDocument): Difference[] {
  const [now, before] = [itemsOf(one), itemsOf(other)]
  const changed = [...now].flatMap(([item, own]): Difference[] => {
    const was = before.get(item)
    if (!was) return [{ item, what: 'new', before: '', now: own.text }]
    return (['text', 'options', 'scores'] as const).flatMap((what) =>
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
  const items = form.indicators.flatMap(({ groups }) => groups.flatMap((group) => group.items))
  return new Map(
    items.map(([item = '', scale = '']) => [
      item,
      {
        text: words.th?.item[item]?.text ?? '',
        options: (words.th?.scale?.[scale] ?? []).join(' / '),
        scores: (form.scales[scale] ?? []).map(([, score]) => score).join(' · '),
      },
    ]),
  )
}
