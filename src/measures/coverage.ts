import { BUDDHIST_YEARS } from '#protocol/day'
import { fiscalYearDays, measuresYear } from './fiscal-year.ts'
import { type IssuePlan, isInPlan } from './issues.ts'
import type { Plan, PlannedMeasure } from './plan.ts'

/** What an evaluator would miss. The same words in code and locales. */
export type CoverageGap =
  | 'nothing-planned'
  | 'issue-without-measure'
  | 'item-unanswered'
  | 'measure-without-text'
  | 'measure-without-step'
  | 'measure-without-period'
  | 'period-backwards'
  | 'period-outside-year'
  | 'measure-without-unit'
  | 'unit-twice'
  | 'measure-without-monitoring'
  | 'measure-without-proof'
  | 'periods-all-alike'
  | 'figures-changed'
  | 'digits-mixed'
  | 'other-year'
  | 'no-signatory'

/** One thing that is missing, and where. */
export interface Gap {
  readonly gap: CoverageGap
  readonly issue?: string
  /** Id of the measure's row. */
  readonly measure?: string
  /** Item, unit or year that it is about. */
  readonly about?: string
}

/**
 * Everything that keeps a plan from being ready to publish, in the order of the document. These are the reasons for which
 * such documents were given no points: no unit, no steps, no way of following them, another year, a weak item passed over.
 */
export function gapsOf(issues: readonly IssuePlan[], plan: Plan, fiscalYear: number): Gap[] {
  const inPlan = issues.filter(isInPlan)
  const measures = inPlan.flatMap((issue) => issue.measures)
  return [
    ...(plan.measures.length === 0 ? [{ gap: 'nothing-planned' } as const] : []),
    ...inPlan.flatMap((issue) => [
      ...issueGaps(issue),
      ...issue.measures.flatMap((one) => measureGaps(one, fiscalYear)),
    ]),
    ...(areAllAlike(measures) ? [{ gap: 'periods-all-alike' } as const] : []),
    ...textGaps(inPlan, plan, fiscalYear),
    ...(plan.frame.signatory.trim() === '' ? [{ gap: 'no-signatory' } as const] : []),
  ]
}

function issueGaps({ issue, measures, open, figuresChanged }: IssuePlan): Gap[] {
  return [
    ...(measures.length === 0 ? [{ gap: 'issue-without-measure', issue } as const] : []),
    ...open.map((about) => ({ gap: 'item-unanswered', issue, about }) as const),
    ...(figuresChanged ? [{ gap: 'figures-changed', issue } as const] : []),
  ]
}

function measureGaps(one: PlannedMeasure, fiscalYear: number): Gap[] {
  const { id: measure, issue } = one
  const { from, to } = fiscalYearDays(measuresYear(fiscalYear))
  const missing = one.from === '' || one.to === ''
  const found: [boolean, CoverageGap][] = [
    [one.text.trim() === '', 'measure-without-text'],
    [!one.steps.some(({ text }) => text.trim() !== ''), 'measure-without-step'],
    [missing, 'measure-without-period'],
    [!missing && one.from > one.to, 'period-backwards'],
    [!missing && one.from <= one.to && (one.from < from || one.to > to), 'period-outside-year'],
    [namesOf(one).length === 0, 'measure-without-unit'],
    [one.monitoring.trim() === '', 'measure-without-monitoring'],
    [one.proof.trim() === '', 'measure-without-proof'],
  ]
  const twice = namesOf(one).filter((name, index, all) => all.indexOf(name) < index)
  return [
    ...found.flatMap(([is, gap]) => (is ? [{ gap, issue, measure }] : [])),
    ...[...new Set(twice)].map((about) => ({ gap: 'unit-twice', issue, measure, about }) as const),
  ]
}

/** Names of units, made comparable. */
function namesOf({ units }: Pick<PlannedMeasure, 'units'>): string[] {
  return units.map((unit) => unit.replace(/\s+/g, ' ').trim()).filter((unit) => unit !== '')
}

/** One period for everything says that nobody thought about when. */
function areAllAlike(measures: readonly PlannedMeasure[]): boolean {
  const dated = measures.filter(({ from, to }) => from !== '' && to !== '')
  return dated.length > 2 && new Set(dated.map(({ from, to }) => `${from} ${to}`)).size === 1
}

/** Texts of the document with where they stand. */
function textsOf(issues: readonly IssuePlan[], { frame }: Plan): (Gap & { readonly text: string })[] {
  const gap = 'digits-mixed' as const
  return [
    { gap, text: frame.standing },
    ...issues.flatMap(({ issue, analysis, measures }) => [
      { gap, issue, text: analysis.text ?? '' },
      ...measures.flatMap(({ id, text, steps, monitoring, proof, success }) =>
        [text, ...steps.map((step) => step.text), monitoring, proof, success].map((one) => ({
          ...{ gap, issue, measure: id, text: one },
        })),
      ),
    ]),
  ]
}

/** Digits of two kinds in one document, and years that are neither the measured one nor the one after it. */
function textGaps(issues: readonly IssuePlan[], plan: Plan, fiscalYear: number): Gap[] {
  const texts = textsOf(issues, plan)
  const other = plan.frame.digits === 'thai' ? /[0-9]/ : /[๐-๙]/
  // item numbers and names keep their digits whatever the document's are
  const bare = (text: string) => text.replace(/https?:\/\/\S+|[A-Za-z][A-Za-z0-9._-]*/g, '')
  const mixed = texts.filter(({ text }) => other.test(bare(text)))
  const years = texts.flatMap(({ text, ...where }) =>
    yearsIn(text)
      .filter((year) => year !== fiscalYear && year !== measuresYear(fiscalYear))
      .map((year) => ({ ...where, gap: 'other-year', about: String(year) }) as const),
  )
  return [...onceEach(mixed.map(({ text: _, ...where }) => where)), ...onceEach(years)]
}

/**
 * Years named in a text, as Buddhist years: a Gregorian one is read as what it means. Only after a word that says that it is
 * one, or a month: telephone numbers look like years, too.
 */
function yearsIn(text: string): number[] {
  const plain = text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - '๐'.charCodeAt(0)))
  // a law has the year of its own
  const unnamed = plain.replace(
    /(?:พ\.?ร\.?[บกฎ]\.?|พระราช|ระเบียบ|ประกาศ|ข้อบังคับ|รัฐธรรมนูญ)[^\n]{0,120}?พ\.\s?ศ\.\s*\d{4}/g,
    '',
  )
  return [...unnamed.matchAll(/(?:ปี|ศ\.|งบประมาณ|คม|ยน|พันธ์|[คยพ]\.)\s*(25[5-9]\d|20[1-4]\d)(?!\d)/g)].map(([, year]) =>
    Number(year) < 2100 ? Number(year) + BUDDHIST_YEARS : Number(year),
  )
}

function onceEach(gaps: readonly Gap[]): Gap[] {
  return [...new Map(gaps.map((gap) => [JSON.stringify(gap), gap])).values()]
}
