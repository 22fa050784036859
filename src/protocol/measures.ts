import * as v from 'valibot'
import { DAY, type Described, whole } from './shapes.ts'

/** The longest text of a field, in characters: a page of an official document. */
export const LONGEST_PROSE = 4000

/** More rows than this no department could work through; it bounds what one round can fill a disk with. */
export const MOST_ROWS = 2000

/** Letters and digits that name an item, an issue or a row, e.g. `I8`, `anti-corruption`. */
export const KEY = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/))

/** Text of several lines: no control characters but line feeds, none that nobody sees or that turn the direction of writing. */
export const PROSE = v.pipe(v.string(), v.maxLength(LONGEST_PROSE), v.check(isProse))

/** One line of text; may be empty while it is being written. */
export const LINE = v.pipe(v.string(), v.maxLength(300), v.check(isProse), v.regex(/^[^\n]*$/))

/** A day, or '' while nobody has said one. */
export const DAY_OR_NONE = v.union([v.literal(''), DAY])

/** What somebody typed as an address: it is shown as a link only where it is one (`isAddress`). */
const TYPED_ADDRESS = v.pipe(v.string(), v.maxLength(500), v.check(isProse), v.regex(/^[^\n]*$/))

/** An address that a browser can safely follow, or '' for none. */
export const ADDRESS = v.pipe(v.string(), v.maxLength(500), v.regex(/^(https?:\/\/[^\s<>"]+)?$/))

/** A list of at most so many. */
export const some = <const S extends v.GenericSchema>(schema: S, most: number) =>
  v.pipe(v.array(schema), v.maxLength(most))

/** How far something is. Stored: never rename. */
export const PROGRESS_STATES = ['not-begun', 'under-way', 'done', 'given-up'] as const

export type ProgressState = (typeof PROGRESS_STATES)[number]

/** What was made of one issue's finding: which items its analysis names, and its text. */
const ANALYSIS = v.strictObject({
  kind: v.literal('analysis'),
  issue: KEY,
  /** Items that the analysis names; null: those the rule proposes. */
  named: v.nullable(some(KEY, 60)),
  /** The paragraph as a person wrote it; null: the draft. */
  text: v.nullable(PROSE),
  /** The figures that the paragraph was written with: when they change, the page says so. */
  figures: v.pipe(v.string(), v.maxLength(2000)),
  /** Items that need no measure, and why. */
  waived: some(v.strictObject({ item: KEY, reason: LINE }), 60),
})

/** Where something published or saved is, and when somebody last saw that it is there. */
const EVIDENCE = v.strictObject({
  /** So that two people's lines are not taken for each other. */
  id: KEY,
  title: LINE,
  address: TYPED_ADDRESS,
  checked: DAY_OR_NONE,
})

/** One measure for an issue. */
const MEASURE = v.strictObject({
  kind: v.literal('measure'),
  issue: KEY,
  /** Its place among the measures of the issue: smaller comes first. */
  order: v.pipe(v.number(), v.finite()),
  text: PROSE,
  /** Items that it answers, of any questionnaire. */
  items: some(KEY, 60),
  from: DAY_OR_NONE,
  to: DAY_OR_NONE,
  units: some(LINE, 30),
  /** How its progress is followed and reported. */
  monitoring: PROSE,
  /** What will show that it was done. */
  proof: PROSE,
  /** How success is seen: the score that an item should reach next time. */
  targets: some(v.strictObject({ item: KEY, score: v.pipe(v.number(), v.minValue(0), v.maxValue(100)) }), 60),
  /** Success in words. */
  success: PROSE,
  /** Id of the library's entry, or of the row of an earlier round, that it began from; '' for one's own. */
  origin: v.pipe(v.string(), v.maxLength(80)),
  /** Percent done as somebody says; null: counted from its steps. */
  percent: v.nullable(whole(0, 100)),
  /** Why it was given up; '' while it is not. */
  givenUp: PROSE,
  outcome: PROSE,
  obstacles: PROSE,
  next: PROSE,
  evidence: some(EVIDENCE, 30),
})

/** One step of a measure. */
const STEP = v.strictObject({
  kind: v.literal('step'),
  /** Id of the measure's row. */
  measure: KEY,
  order: v.pipe(v.number(), v.finite()),
  text: PROSE,
  state: v.picklist(PROGRESS_STATES),
  /** When it came into that state. */
  on: DAY_OR_NONE,
  /** What was done, in the past tense. */
  result: PROSE,
})

/** What the documents need beside the table: one row for a round, its id is `frame`. */
const FRAME = v.strictObject({
  kind: v.literal('frame'),
  /** Who signs, and as what. */
  signatory: LINE,
  post: LINE,
  digits: v.picklist(['thai', 'arabic'] as const),
  /** What others published about the result, e.g. the national mean and the agency's rank; a paragraph. */
  standing: PROSE,
  /** Limits of the survey by questionnaire, one to a line; null: as drafted. */
  limitsIit: v.nullable(PROSE),
  limitsEit: v.nullable(PROSE),
})

/** A document that was published: its very bytes, where it is, and when somebody last saw that it is there. */
const PUBLICATION = v.strictObject({
  kind: v.literal('publication'),
  /** Which of the plan's documents. */
  document: v.picklist(['measures', 'report-half', 'report'] as const),
  /** SHA-256 of the file, hex. */
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  name: LINE,
  address: TYPED_ADDRESS,
  /** When it was published. */
  on: DAY,
  checked: DAY_OR_NONE,
})

/** What a row says. */
export const ROW_CONTENT = v.variant('kind', [ANALYSIS, MEASURE, STEP, FRAME, PUBLICATION])

export type RowContent = Described<typeof ROW_CONTENT>
export type Analysis = Described<typeof ANALYSIS>
export type Measure = Described<typeof MEASURE>
export type Step = Described<typeof STEP>
export type PlanFrame = Described<typeof FRAME>
export type Publication = Described<typeof PUBLICATION>
export type Evidence = Described<typeof EVIDENCE>

/** Saves one row over the version that was read; 0 for a new one. */
export const ROW_CHANGE = v.strictObject({
  id: KEY,
  version: whole(0, 1_000_000),
  removed: v.boolean(),
  content: ROW_CONTENT,
})

export type RowChange = Described<typeof ROW_CHANGE>

/** One row as the collector keeps it. */
export interface MeasureRow extends RowChange {
  /** Rises with every change in the round: who knows all up to one asks for what came after. */
  readonly seq: number
  /** Name of the account. */
  readonly by: string
  /** ISO time, UTC. */
  readonly at: string
}

/** Rows that changed since one was last asked. */
export interface MeasureRows {
  readonly seq: number
  readonly rows: readonly MeasureRow[]
}

/** Whether an address can safely be followed by a browser. */
export function isAddress(text: string): boolean {
  return text !== '' && v.is(ADDRESS, text)
}

/** No characters that nobody sees, none of a broken surrogate pair or that no text may hold, no control characters but line feeds. */
function isProse(text: string): boolean {
  return !/(?!\n)\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}|[\uFFFE\uFFFF]/u.test(text)
}

/** Text as somebody typed or pasted it, made fit to be kept: one normal form, plain line feeds, nothing invisible. */
export function tidyProse(typed: string): string {
  return typed
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029\v\f]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF]/gu, '')
}
