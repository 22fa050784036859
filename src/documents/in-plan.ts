import { type IssuePlan, isInPlan, issuesOf, weakIds } from '#measures/issues'
import { DISCLOSURE, type PlannedMeasure } from '#measures/plan'
import { FIRST_LANGUAGE, INTL_LOCALES } from '#protocol/language'
import { findingsOf } from '#results/findings'
import { type DraftFacts, draftOf, undisclosedDraft } from '#results/findings-draft'
import type { DocumentInput } from './input.ts'
import { type Block, filled } from './model.ts'

/** The issues of a document, in their order. */
export function inPlanOf({ release, forms, map, baseline, plan }: DocumentInput): IssuePlan[] {
  return issuesOf(findingsOf(release, forms, map, baseline), plan).filter(isInPlan)
}

/** The name of an issue; of an indicator where a year has no issues. */
export function issueName({ map, questionnaires, words }: DocumentInput, issue: string): string {
  if (issue === DISCLOSURE) return words.disclosure
  const written = map?.issues.find(({ id }) => id === issue)?.name[FIRST_LANGUAGE]
  const named = Object.values(questionnaires).find(({ indicator }) => issue in indicator)
  return written ?? named?.indicator[issue] ?? words.otherIssue
}

/** The paragraph about an issue: as somebody wrote it, else the draft from the figures. */
export function analysisText(input: DocumentInput, { issue, finding, analysis }: IssuePlan): string {
  if (analysis.text !== null) return analysis.text
  const facts = draftFacts(input)
  return issue === DISCLOSURE
    ? undisclosedDraft(weakIds(finding), facts, input.draft)
    : draftOf(finding, facts, input.draft)
}

function draftFacts({ release, map, questionnaires }: DocumentInput): DraftFacts {
  return {
    agency: release.agency[FIRST_LANGUAGE].short,
    map,
    textOf: (item) => itemText(questionnaires, item),
  }
}

/** Words of an item of any questionnaire; its number where there are none. */
export function itemText(questionnaires: DocumentInput['questionnaires'], id: string): string {
  return Object.values(questionnaires).flatMap(({ item }) => item[id]?.text ?? [])[0] ?? id
}

const DAY = new Intl.DateTimeFormat(INTL_LOCALES[FIRST_LANGUAGE], { dateStyle: 'long', timeZone: 'UTC' })

/** A day as official documents write it: 1 ตุลาคม 2566. */
export function dayInWords(day: string): string {
  return DAY.format(new Date(`${day}T00:00:00Z`))
}

/** From when to when; empty where nobody has said. */
export function daysInWords({ from, to }: Pick<PlannedMeasure, 'from' | 'to'>): string {
  return from === '' || to === '' ? '' : `${dayInWords(from)} - ${dayInWords(to)}`
}

/** Scores that a measure is to reach, in words. */
export function measureTargets({ words }: DocumentInput, { targets }: PlannedMeasure): string[] {
  return targets.map(({ item, score }) => filled(words.measures.target, { item, score: score.toFixed(2) }))
}

/** Who signs; nobody where nobody is named. */
export function signature({ plan, words }: DocumentInput): Block[] {
  const { signatory, post } = plan.frame
  if (signatory.trim() === '') return []
  return [{ kind: 'signature', lines: [words.signed, `(${signatory})`, post] }]
}

/** A text by its lines, without empty ones. */
export function lines(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '')
}
