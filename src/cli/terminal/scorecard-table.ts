import { wordsIn } from '#instruments/years'
import respond from '#locales/th/respond.json' with { type: 'json' }
import words from '#locales/th/results.json' with { type: 'json' }
import { FIRST_LANGUAGE } from '#protocol/language'
import { withoutEvidence } from '#results/oit'
import type { Release } from '#results/release'
import type { RoundForms } from '#results/round-forms'
import type { EitResult, PartBreakdown, PartResult } from '#results/scorecard'
import { padded } from './terminal-columns.ts'

type Row = readonly [label: string, ...scores: (number | null)[]]

/** The scorecard as lines for a terminal, in Thai: total, instruments, indicators, items. */
export function scorecardTable(release: Release, forms: RoundForms): string {
  const { total, level, instruments, apart, spoiled, withheld } = release
  const { iit: staff, eit: visitors, oit: disclosure } = instruments
  const names = indicatorNames(release.asked, forms)
  const blocks: string[] = [`${words.notice}\n`]
  if (staff) blocks.push(block(`${words.iit} (${staff.n} ${words.people})`, partRows(staff, names)))
  if (visitors) blocks.push(block(`${words.eit} (${eitHeading(visitors)})`, eitRows(visitors, names)))
  if (disclosure) {
    blocks.push(block(words.oit, [[words.score, disclosure.score], ...indicatorRows(disclosure.indicators, names)]))
  }
  const unproven = disclosure ? withoutEvidence(disclosure) : []
  const totals = [`${words.total}  ${total === null ? words.noTotal : total.toFixed(2)}`]
  if (level) totals.push(`${words.levelIs}  ${words.level[level]}`)
  for (const { reason, n } of spoiled) totals.push(`${words.spoiled} ${reason}  ${n}`)
  for (const { lane, why } of withheld) totals.push(`${words.withheld[why]} ${lane}`)
  if (unproven.length > 0) totals.push(`${words.unproven} ${unproven.join(', ')}`)
  const poster = apart?.['eit-open']
  if (poster) totals.push('', block(`${words.poster} (${poster.n} ${words.people})`, partRows(poster, names)))
  return [...blocks, totals.join('\n')].join('\n')
}

/** Parts by their groups; groups that could point at somebody are left out and said to be. */
export function breakdownTable(breakdowns: readonly PartBreakdown[]): string {
  const contacts: Readonly<Record<string, string>> = respond.opening.choice
  const blocks = breakdowns.map(({ by, lane, rows, hidden }) => {
    const lines = rows.map(
      ({ id, name, n, score }) =>
        `${padded(`  ${name ?? contacts[id]}`, 44)}${String(score).padStart(9)}${String(n).padStart(7)} ${words.people}`,
    )
    if (hidden > 0) lines.push(`  ${words.hiddenGroups} ${hidden}`)
    return [`\n${words.by[by]} ${PART_NAMES[lane]}`, ...lines].join('\n')
  })
  return blocks.join('\n')
}

const PART_NAMES = { iit: 'IIT', 'eit-public': 'Public', 'eit-survey': 'Survey', 'eit-open': '' } as const

type Names = Readonly<Record<string, string>>

function indicatorNames(asked: Release['asked'], { year, oit }: RoundForms): Names {
  const words = wordsIn(asked, FIRST_LANGUAGE)
  const forms = [...Object.values(year.lanes), oit]
  return Object.assign({}, ...forms.map(({ id }) => words[id]?.indicator))
}

function partRows(part: PartResult, names: Names): Row[] {
  const items = Object.entries(part.items).map(([id, item]): Row => [`  ${id}`, item.score])
  return [[words.score, part.score], ...indicatorRows(part.indicators, names), ...items]
}

function eitHeading({ parts }: EitResult): string {
  const named = [
    parts.public ? `Public ${parts.public.n} ${words.people}` : null,
    parts.survey ? `Survey ${parts.survey.n} ${words.people}` : null,
  ].filter((part) => part !== null)
  return named.length === 1 ? `${named[0]} ${words.onePartOnly}` : named.join(', ')
}

function eitRows({ score, indicators, parts }: EitResult, names: Names): Row[] {
  const both = [parts.public, parts.survey].filter((part) => part !== undefined)
  const ids = Object.keys(both[0]?.items ?? {})
  return [
    [words.score, score],
    ...indicatorRows(indicators, names),
    [`${words.score} Public / Survey`, ...both.map((part) => part.score)],
    ...ids.map((id): Row => [`  ${id}`, ...both.map((part) => part.items[id]?.score ?? null)]),
  ]
}

function indicatorRows(indicators: Readonly<Record<string, number>>, names: Names): Row[] {
  return Object.entries(indicators).map(([id, score]) => [`${words.indicatorNumber} ${id} ${names[id] ?? ''}`, score])
}

function block(heading: string, rows: readonly Row[]): string {
  const lines = rows.map(
    ([label, ...scores]) =>
      `${padded(label, 44)}${scores.map((score) => (score?.toFixed(2) ?? '–').padStart(9)).join('')}`,
  )
  return `${heading}\n${lines.join('\n')}\n`
}
