import type { FindingsMap } from '#instruments/findings-map'
import type { FormWords } from '#instruments/form-document'
import type { LimitWords, TurnedAway } from '#measures/limits'
import type { Plan } from '#measures/plan'
import type { Manifest } from '#protocol/manifest'
import type { ProgressState } from '#protocol/measures'
import type { Baseline } from '#results/baseline'
import type { DraftWords } from '#results/findings-draft'
import type { Release } from '#results/release'
import type { RoundForms } from '#results/round-forms'
import type { Level } from '#survey/level'
import type { FINDING_COLUMNS, MEASURE_COLUMNS } from './plan-columns.ts'

/** The official words of documents: `locales/th/documents.json`. */
export interface DocumentWords {
  readonly limits: LimitWords
  readonly level: Readonly<Record<Level, string>>
  readonly state: Readonly<Record<ProgressState, string>>
  readonly part1: Readonly<Record<Part1Word, string>>
  readonly measures: Readonly<Record<MeasuresWord, string>>
  readonly report: Readonly<Record<ReportWord, string>>
  readonly summary: Readonly<Record<SummaryWord, string>>
  readonly name: Readonly<Record<DocumentKind | 'plan', string>>
  readonly workbook: Readonly<Record<'measures' | 'findings' | 'yes' | 'no' | 'waived', string>> & {
    readonly column: Readonly<Record<PlanColumn, string>>
  }
  readonly foot: string
  readonly hidden: string
  readonly notice: string
  readonly disclosure: string
  /** An issue that the round's year does not have. */
  readonly otherIssue: string
  readonly signed: string
}

type Part1Word =
  | 'heading'
  | 'result'
  | 'noTotal'
  | 'level'
  | 'missed'
  | 'reached'
  | 'instrument'
  | 'eitParts'
  | 'eitOne'
  | 'eitShown'
  | 'each'
  | 'indicator'
  | 'indicatorNumber'
  | 'tableOf'
  | 'item'
  | 'score'
  | 'scoreOf'
  | 'public'
  | 'survey'
  | 'unproven'

type MeasuresWord =
  | 'title'
  | 'year'
  | 'part2'
  | 'issue'
  | 'analysis'
  | 'part3'
  | 'part3Lead'
  | 'method'
  | 'measure'
  | 'steps'
  | 'period'
  | 'units'
  | 'following'
  | 'proof'
  | 'success'
  | 'target'
  | 'part4'
  | 'limitsOf'
  | 'noMeasure'

type ReportWord =
  | 'title'
  | 'half'
  | 'whole'
  | 'lead'
  | 'result'
  | 'outcome'
  | 'state'
  | 'evidence'
  | 'obstacles'
  | 'next'
  | 'percent'
  | 'checked'
  | 'on'
  | 'change'
  | 'givenUp'
  | 'counts'
  | 'none'

type SummaryWord =
  | 'title'
  | 'scores'
  | 'strongest'
  | 'weakest'
  | 'proposed'
  | 'change'
  | 'undisclosed'
  | 'none'
  | 'more'

type PlanColumn = (typeof FINDING_COLUMNS)[number] | (typeof MEASURE_COLUMNS)[number]

/** Everything that documents are made of. */
export interface DocumentInput {
  readonly release: Release
  readonly lanes: Manifest['lanes']
  /** Visitors who need not answer, as far as tablets told. */
  readonly turnedAway: TurnedAway
  readonly forms: RoundForms
  readonly map: FindingsMap | null
  readonly baseline: Baseline | null
  readonly plan: Plan
  /** Words of the round's questionnaires in the first language, by id. */
  readonly questionnaires: Readonly<Record<string, FormWords>>
  readonly words: DocumentWords
  readonly draft: DraftWords
  /** Scores of the round that followed, where there is one that may be compared: what came of the measures. */
  readonly later: Baseline | null
}

/** Kinds of documents. */
export const DOCUMENT_KINDS = ['measures', 'report-half', 'report', 'summary'] as const

export type DocumentKind = (typeof DOCUMENT_KINDS)[number]
