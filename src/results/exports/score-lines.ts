import type { Lane } from '#protocol/lane'
import type { OitResult } from '../oit.ts'
import type { Release } from '../release.ts'
import type { RoundForms } from '../round-forms.ts'
import type { PartResult } from '../scorecard.ts'
import { itemText, type WordBundles } from './export-words.ts'

/** One line of the table of scores. */
export interface ScoreLine {
  readonly part: string
  readonly what: string
  readonly score: number | null
  readonly n: number | null
  /** Of an OIT item with 100: where that can be seen, or that nobody said. */
  readonly evidence?: string
}

/** Every score that was released, from the total down to the items. */
export function scoreLines(release: Release, words: WordBundles, { year, oit }: RoundForms): ScoreLine[] {
  const { total, instruments, apart, withheld } = release
  const { lane, scores } = words.export
  const eit = instruments.eit
  const formOf = (of: Lane) => year.lanes[of]?.id ?? ''
  const eitForm = formOf('eit-public')
  const lines: ScoreLine[] = [{ part: scores.total, what: scores.total, score: total, n: null }]
  if (instruments.iit) lines.push(...partLines(lane.iit, formOf('iit'), instruments.iit, words))
  if (eit) {
    lines.push({ part: 'EIT', what: words.questionnaires[eitForm]?.title ?? 'EIT', score: eit.score, n: eit.n })
    lines.push(...indicatorLines('EIT', eitForm, eit.indicators, words))
    if (eit.parts.public) lines.push(...partLines(lane['eit-public'], eitForm, eit.parts.public, words))
    if (eit.parts.survey) lines.push(...partLines(lane['eit-survey'], formOf('eit-survey'), eit.parts.survey, words))
  }
  if (instruments.oit) {
    lines.push({
      part: 'OIT',
      what: words.questionnaires[oit.id]?.title ?? 'OIT',
      score: instruments.oit.score,
      n: null,
    })
    lines.push(...indicatorLines('OIT', oit.id, instruments.oit.indicators, words))
    lines.push(...oitItemLines(oit.id, instruments.oit, words))
  }
  if (apart) lines.push(...partLines(lane['eit-open'], formOf('eit-open'), apart['eit-open'], words))
  for (const one of withheld) lines.push({ part: lane[one.lane], what: scores.hidden, score: null, n: null })
  return lines
}

function partLines(part: string, form: string, result: PartResult, words: WordBundles): ScoreLine[] {
  const items = Object.entries(result.items).map(([id, { score, n }]) => ({
    part,
    what: `${id} ${itemText(words, form, id)}`,
    score,
    n,
  }))
  const whole = { part, what: words.questionnaires[form]?.title ?? form, score: result.score, n: result.n }
  return [whole, ...indicatorLines(part, form, result.indicators, words), ...items]
}

function oitItemLines(form: string, { items, evidence }: OitResult, words: WordBundles): ScoreLine[] {
  return Object.entries(items).map(([id, score]) => ({
    part: 'OIT',
    what: `${id} ${itemText(words, form, id)}`,
    score,
    n: null,
    ...(score === 100 ? { evidence: evidence[id] ?? words.export.scores.unproven } : {}),
  }))
}

function indicatorLines(
  part: string,
  form: string,
  indicators: Readonly<Record<string, number>>,
  words: WordBundles,
): ScoreLine[] {
  return Object.entries(indicators).map(([id, score]) => ({
    part,
    what: `${words.export.scores.indicator} ${id} ${words.questionnaires[form]?.indicator[id] ?? ''}`.trim(),
    score,
    n: null,
  }))
}
