/** Which of the three ITA instruments a questionnaire belongs to. */
export type Instrument = 'iit' | 'eit' | 'oit'

/** The code stored and exported for a chosen option, as the questionnaire's file says: e.g. 1–4 in the order shown, or 1 = มี, 0 = ไม่มี. */
export type OptionCode = number

/** One choice of an item and the score it is worth, 0–100, e.g. 0, 33, 67, 100. */
export interface Option {
  readonly code: OptionCode
  readonly score: number
}

export interface Item {
  readonly id: string
  /** The set of options it is answered with: their words are found by it and their place. A set may be used by one item only. */
  readonly scale: string
  readonly options: readonly Option[]
  /** Notes that stand at the question, by name. */
  readonly notes: readonly string[]
}

/** What is asked before the questions. */
export type OpeningQuestion = 'contact'

/** A part of an OIT indicator that is averaged before the indicator is. */
export interface ItemGroup {
  readonly id: string
  readonly items: readonly Item[]
}

export interface Indicator {
  readonly id: string
  readonly items: readonly Item[]
  readonly groups: readonly ItemGroup[]
}

/** One instrument of one fiscal year: ids and rules, no words. Frozen once published. */
export interface Questionnaire {
  readonly id: string
  readonly instrument: Instrument
  readonly fiscalYear: number
  /** What visitors are asked first; null: nothing. */
  readonly opening: OpeningQuestion | null
  /** How long an answer takes, at most; null where nobody fills it in. */
  readonly minutes: number | null
  /** Items by what they are about, where a topic has a name that lasts: its items' numbers change from year to year. */
  readonly topics: Readonly<Record<string, readonly string[]>>
  readonly indicators: readonly Indicator[]
  readonly items: readonly Item[]
  readonly itemById: ReadonlyMap<string, Item>
}

/** The shape of `src/instruments/<year>/*.json`: scales list `[code, score]` in the order shown. */
export interface QuestionnaireFile {
  readonly id: string
  readonly instrument: string
  readonly fiscalYear: number
  readonly opening?: string
  readonly minutes?: number
  /** Items at which a note stands, by the note's name. */
  readonly notes?: Readonly<Record<string, readonly string[]>>
  readonly topics?: Readonly<Record<string, readonly string[]>>
  readonly scales: Readonly<Record<string, readonly (readonly number[])[]>>
  readonly indicators: readonly {
    readonly id: string
    readonly groups: readonly { readonly id: string; readonly items: readonly (readonly string[])[] }[]
  }[]
}

/** Reads a questionnaire file. Throws on an unknown instrument, scale, opening question or note's item, and on a repeated item id. */
export function readQuestionnaire(file: QuestionnaireFile): Questionnaire {
  const itemById = new Map<string, Item>()
  const toItem = ([id, scale]: readonly string[]): Item => {
    const options = file.scales[scale ?? '']?.map(([code, score]) => ({ code: code ?? NaN, score: score ?? NaN }))
    if (!id || !scale || !options) throw new Error(`${file.id}: item ${id} has no scale ${scale}`)
    if (itemById.has(id)) throw new Error(`${file.id}: item ${id} twice`)
    const notes = Object.entries(file.notes ?? {}).flatMap(([note, ids]) => (ids.includes(id) ? [note] : []))
    const item = { id, scale, options, notes }
    itemById.set(id, item)
    return item
  }
  const indicators = file.indicators.map(({ id, groups }) => {
    const read = groups.map((group) => ({ id: group.id, items: group.items.map(toItem) }))
    return { id, groups: read, items: read.flatMap((group) => group.items) }
  })
  const items = indicators.flatMap((indicator) => indicator.items)
  const named = [...Object.values(file.notes ?? {}), ...Object.values(file.topics ?? {})].flat()
  const stray = named.find((id) => !itemById.has(id))
  if (stray !== undefined) throw new Error(`${file.id}: a note or topic at ${stray}, which is no item`)
  const { id, fiscalYear, minutes = null, topics = {} } = file
  return {
    id,
    instrument: toInstrument(file),
    fiscalYear,
    opening: toOpening(file),
    minutes,
    topics,
    indicators,
    items,
    itemById,
  }
}

function toOpening({ id, opening }: QuestionnaireFile): OpeningQuestion | null {
  if (opening === undefined || opening === 'contact') return opening ?? null
  throw new Error(`${id}: unknown opening question ${opening}`)
}

function toInstrument({ id, instrument }: QuestionnaireFile): Instrument {
  if (instrument === 'iit' || instrument === 'eit' || instrument === 'oit') return instrument
  throw new Error(`${id}: unknown instrument ${instrument}`)
}
