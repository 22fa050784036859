import { LEVELS, type LevelRule, type Weights } from './level.ts'
import { type Questionnaire, type QuestionnaireFile, readQuestionnaire } from './questionnaire.ts'
import type { SampleRule } from './required-sample.ts'

/**
 * `published`: official and whole. `outline`: what is known of a year whose wording is not; no round begins with it.
 */
const YEAR_STATUSES = ['published', 'outline'] as const

export type YearStatus = (typeof YEAR_STATUSES)[number]

/** The shape of `src/instruments/<year>/year.json`: the rules of one fiscal year. */
export interface YearFile {
  readonly id: string
  readonly fiscalYear: number
  readonly status: string
  /** Id of the questionnaire that each way of answering uses. */
  readonly lanes: Readonly<Record<string, string>>
  /** Id of the list of what is disclosed. */
  readonly oit: string
  readonly weights: Readonly<Record<string, number>>
  /** The parts of EIT and how much each counts; they are scored apart and never pooled. */
  readonly eitParts: Readonly<Record<string, number>>
  /** Best first. */
  readonly levels: readonly {
    readonly level: string
    readonly from: number
    readonly eachFrom?: number
    readonly confirmed: boolean
  }[]
  readonly sample: Readonly<Record<string, unknown>>
}

/** All that one fiscal year asks and how it is scored. */
export interface Year {
  readonly id: string
  readonly fiscalYear: number
  readonly status: YearStatus
  readonly lanes: Readonly<Record<string, Questionnaire>>
  readonly oit: Questionnaire
  readonly weights: Weights
  readonly eitParts: readonly { readonly lane: string; readonly weight: number }[]
  readonly levels: readonly LevelRule[]
  readonly sample: Readonly<Record<string, SampleRule>>
}

/** Reads a year's rules with its questionnaires. Throws with what is wrong: these are files of ours, not somebody's input. */
export function readYear(file: YearFile, forms: readonly QuestionnaireFile[]): Year {
  const read = new Map(forms.map((form) => [form.id, readQuestionnaire(form)]))
  const formOf = (id: string): Questionnaire => {
    const form = read.get(id)
    if (!form || form.fiscalYear !== file.fiscalYear) throw new Error(`${file.id}: no questionnaire ${id} of this year`)
    return form
  }
  const lanes = Object.fromEntries(Object.entries(file.lanes).map(([lane, id]) => [lane, formOf(id)]))
  const oit = formOf(file.oit)
  refuseSharedItems(file.id, [...new Set([...Object.values(lanes), oit])])
  const status = YEAR_STATUSES.find((one) => one === file.status)
  if (!status) throw new Error(`${file.id}: unknown status ${file.status}`)
  const eitParts = Object.entries(file.eitParts).map(([lane, weight]) => ({ lane, weight }))
  if (!eitParts.every(({ lane, weight }) => lanes[lane]?.instrument === 'eit' && weight > 0))
    throw new Error(`${file.id}: a part of EIT that is none`)
  return {
    ...{ id: file.id, fiscalYear: file.fiscalYear, status, lanes, oit, eitParts },
    weights: readWeights(file),
    levels: readLevels(file),
    sample: Object.fromEntries(Object.entries(file.sample).map(([lane, rule]) => [lane, readSample(file.id, rule)])),
  }
}

/** Columns of files are named by items: no two questionnaires of a year share one. */
function refuseSharedItems(year: string, forms: readonly Questionnaire[]): void {
  const ids = forms.flatMap(({ items }) => items.map(({ id }) => id))
  const shared = ids.find((id, at) => ids.indexOf(id) !== at)
  if (shared !== undefined) throw new Error(`${year}: two questionnaires have an item ${shared}`)
}

function readWeights({ id, weights }: YearFile): Weights {
  const { iit = 0, eit = 0, oit = 0, ...others } = weights
  if (iit + eit + oit !== 100 || Object.keys(others).length > 0) throw new Error(`${id}: weights do not add up to 100`)
  return { iit, eit, oit }
}

function readLevels({ id, levels }: YearFile): LevelRule[] {
  const rules = levels.map(({ level, ...rule }) => {
    const known = LEVELS.find((one) => one === level)
    if (!known) throw new Error(`${id}: unknown level ${level}`)
    return { level: known, ...rule }
  })
  const fall = rules.every(({ from }, at) => at === 0 || from <= (rules[at - 1]?.from ?? 100))
  const last = rules[rules.length - 1]
  if (!fall || last?.from !== 0 || last.eachFrom !== undefined) throw new Error(`${id}: levels leave a gap`)
  return rules
}

function readSample(year: string, value: unknown): SampleRule {
  const rule = value as SampleRule
  if (rule.rule === 'everyone') return rule
  if (rule.rule === 'number' && rule.number > 0) return rule
  if (rule.rule === 'percent' && rule.percent > 0 && rule.percent <= 100 && rule.atLeast <= rule.atMost) return rule
  throw new Error(`${year}: unknown rule of samples ${JSON.stringify(value)}`)
}
