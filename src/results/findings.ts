import type { FindingsMap, Issue } from '#instruments/findings-map'
import type { Questionnaire } from '#survey/questionnaire'
import type { Year } from '#survey/year'
import { type Baseline, difference } from './baseline.ts'
import type { Release } from './release.ts'
import type { RoundForms } from './round-forms.ts'
import { meanOfParts } from './score.ts'

/** An item of IIT or EIT with the score that may be shown; EIT by the mean of its parts, as they count. */
export interface FoundItem {
  readonly id: string
  readonly instrument: 'iit' | 'eit'
  readonly score: number
  /** Against the chosen baseline; null where there is nothing to compare with. */
  readonly change: number | null
}

/** What was found about one issue. */
export interface Finding {
  readonly issue: string
  /** The two lowest items below the target of each instrument: what the analysis names. */
  readonly named: readonly FoundItem[]
  /** Every other item below the target: not yet addressed. */
  readonly others: readonly FoundItem[]
  /** Items of it that may not be shown, or were not asked. */
  readonly hidden: readonly string[]
  /** Items of OIT it is tied to: 0 or 100, null where OIT was not ticked. */
  readonly oit: readonly { readonly id: string; readonly score: number | null }[]
}

/** What a released scorecard says needs doing. */
export interface Findings {
  /** Items of OIT with 0: an issue of their own, and the first. */
  readonly undisclosed: readonly string[]
  readonly issues: readonly Finding[]
  readonly target: number
}

const NAMED_EACH = 2

/** What every score should reach: the year's bound of "pass". */
export function targetOf({ levels }: Pick<Year, 'levels'>): number {
  return levels.find(({ level }) => level === 'pass')?.from ?? 0
}

/**
 * Reads a release as issues. Only what was released comes in, so nothing that is withheld can come out. Of each issue and
 * instrument the two lowest items below the target are named, of two with one score the earlier one.
 */
export function findingsOf(
  release: Release,
  forms: RoundForms,
  map: FindingsMap | null,
  baseline: Baseline | null = null,
): Findings {
  const target = targetOf(forms.year)
  const scores = foundItems(release, forms, baseline)
  const oit = release.instruments.oit?.items
  return {
    target,
    undisclosed: Object.entries(oit ?? {}).flatMap(([id, score]) => (score === 0 ? [id] : [])),
    issues: issuesOf(forms, map).map(({ id, items, oit: tied }) => {
      const found = items.flatMap((item) => scores.get(item) ?? [])
      const weak = [...found].filter(({ score }) => score < target).sort((one, other) => one.score - other.score)
      const named = (['iit', 'eit'] as const).flatMap((of) =>
        weak.filter(({ instrument }) => instrument === of).slice(0, NAMED_EACH),
      )
      return {
        issue: id,
        named,
        others: weak.filter((item) => !named.includes(item)),
        hidden: items.filter((item) => !scores.has(item)),
        oit: tied.map((item) => ({ id: item, score: oit?.[item] ?? null })),
      }
    }),
  }
}

/** The issues of a year; without a map each indicator is one. */
function issuesOf({ year }: Pick<RoundForms, 'year'>, map: FindingsMap | null): Pick<Issue, 'id' | 'items' | 'oit'>[] {
  if (map) return [...map.issues]
  const asked = [...new Set(Object.values(year.lanes))]
  return asked.flatMap(({ indicators }) =>
    indicators.map(({ id, items }) => ({ id, items: items.map((item) => item.id), oit: [] })),
  )
}

/** Every item of IIT and EIT whose score was released, with its change. */
export function foundItems(
  { instruments, asked }: Release,
  { year }: RoundForms,
  baseline: Baseline | null,
): Map<string, FoundItem> {
  const before = baseline?.instruments === asked.id ? baseline.items : {}
  const parts = { 'eit-public': instruments.eit?.parts.public, 'eit-survey': instruments.eit?.parts.survey }
  const lanes = year.eitParts.filter(({ lane }) => parts[lane as keyof typeof parts])
  const eit = (scoreIn: (lane: string) => number | undefined) =>
    meanOfParts(lanes.map(({ lane, weight }) => ({ score: scoreIn(lane), weight })))
  const found = new Map<string, FoundItem>()
  for (const id of idsOf(year.lanes.iit)) {
    const score = instruments.iit?.items[id]?.score
    if (score !== undefined) found.set(id, { id, instrument: 'iit', score, change: changeOf(score, before.iit?.[id]) })
  }
  for (const id of idsOf(year.lanes['eit-public'])) {
    const score = eit((lane) => parts[lane as keyof typeof parts]?.items[id]?.score)
    if (score === null) continue
    const past = eit((lane) => before[lane]?.[id]) ?? undefined
    found.set(id, { id, instrument: 'eit', score, change: changeOf(score, past) })
  }
  return found
}

function idsOf(form: Questionnaire | undefined): string[] {
  return form?.items.map(({ id }) => id) ?? []
}

function changeOf(score: number, before: number | undefined): number | null {
  return before === undefined ? null : difference(score, before)
}
