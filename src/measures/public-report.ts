import { wordsIn } from '#instruments/years'
import { LANGUAGES, type Language } from '#protocol/language'
import type { Enquiries } from '#protocol/manifest'
import { isAddress } from '#protocol/measures'
import type { PublicReport } from '#protocol/public-report'
import { foundItems, targetOf } from '#results/findings'
import type { Release } from '#results/release'
import { releasedIndicators } from '#results/released-indicators'
import type { RoundForms } from '#results/round-forms'
import type { Questionnaire } from '#survey/questionnaire'
import { type IssuePlan, isInPlan, toldCount, weakIds } from './issues.ts'
import { DISCLOSURE, type PlannedMeasure, percentOf, stateOf } from './plan.ts'

type InLanguages = Readonly<Record<Language, string>>

/** What a public page is made of. */
export interface PublicReportInput {
  readonly release: Release
  readonly forms: RoundForms
  readonly issues: readonly IssuePlan[]
  readonly enquiries: Enquiries
  readonly nameOf: (issue: string) => InLanguages
  readonly level: InLanguages | null
  readonly demonstration: boolean
}

/**
 * A round's public page: scores, what respondents said below the target, and what is done about it. Everything comes from what
 * was released; of the plan only what is to be done and how far it is, never who wrote it, what was waived or what hinders it.
 */
export function publicReport(input: PublicReportInput): PublicReport {
  const { release, forms, issues, enquiries, level, nameOf } = input
  const { cid, fiscalYear, agency, total, instruments } = release
  return {
    ...{ v: 1, cid, fiscalYear, demonstration: input.demonstration, agency, enquiries, total, level },
    target: targetOf(forms.year),
    instruments: (['iit', 'eit', 'oit'] as const).flatMap((id) => {
      const score = instruments[id]?.score
      return score === undefined ? [] : [{ id, score }]
    }),
    indicators: releasedIndicators(release, forms).map(({ form, id, score }) => ({
      ...{ id, score },
      name: wordsOf(release, form, (words) => words.indicator[id]),
    })),
    told: issues.filter(isInPlan).map((issue) => ({
      name: nameOf(issue.issue),
      asked: toldCount([issue]) > 0,
      items: itemsOf(input, issue),
      measures: issue.measures.filter(({ text }) => text.trim() !== '').map(publicMeasure),
    })),
  }
}

function publicMeasure(measure: PlannedMeasure) {
  const { text, from, to, units, outcome, evidence, steps } = measure
  return {
    ...{ text, from, to, units, outcome, state: stateOf(measure), percent: percentOf(measure) },
    // only what a browser can safely follow
    evidence: evidence.filter(({ address }) => isAddress(address)).map(({ title, address }) => ({ title, address })),
    steps: steps.filter((step) => step.text.trim() !== '').map((step) => ({ text: step.text, state: step.state })),
  }
}

/** Items below the target that an issue is about, with their scores. */
function itemsOf({ release, forms }: PublicReportInput, { issue, finding }: IssuePlan) {
  const scores = foundItems(release, forms, null)
  const all = [...Object.values(forms.year.lanes), forms.oit]
  return weakIds(finding).flatMap((id) => {
    const form = all.find(({ itemById }) => itemById.has(id))
    const score = issue === DISCLOSURE ? 0 : scores.get(id)?.score
    return form && score !== undefined
      ? [{ id, text: wordsOf(release, form, (words) => words.item[id]?.text), score }]
      : []
  })
}

type Words = ReturnType<typeof wordsIn>[string]

/** A word of a questionnaire in every language; its id where a language has none. */
function wordsOf({ asked }: Release, { id }: Questionnaire, pick: (words: Words) => string | undefined): InLanguages {
  const entries = LANGUAGES.map((language) => {
    const words = wordsIn(asked, language)[id]
    return [language, (words && pick(words)) ?? id] as const
  })
  return Object.fromEntries(entries) as Record<Language, string>
}
