/** Which of the three ITA instruments a questionnaire belongs to. */
export type Instrument = 'iit' | 'eit' | 'oit'

/** The code stored and exported for a chosen option: level items 1–4 as shown, yes/no items 1 = มี, 0 = ไม่มี. */
export type OptionCode = number

/** One choice of an item and the score it is worth, 0–100 (FY 2566: 0, 33, 67, 100). */
export interface Option {
  readonly code: OptionCode
  readonly score: number
}

export interface Item {
  readonly id: string
  readonly scale: string
  readonly options: readonly Option[]
}

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
  readonly indicators: readonly Indicator[]
  readonly items: readonly Item[]
  readonly itemById: ReadonlyMap<string, Item>
}

/** The shape of `src/instruments/<year>/*.json`: scales list `[code, score]` in the order shown. */
export interface QuestionnaireFile {
  readonly id: string
  readonly instrument: string
  readonly fiscalYear: number
  readonly scales: Readonly<Record<string, readonly (readonly number[])[]>>
  readonly indicators: readonly {
    readonly id: string
    readonly groups: readonly { readonly id: string; readonly items: readonly (readonly string[])[] }[]
  }[]
}

/** Reads a questionnaire file. Throws on an unknown instrument, scale or a repeated item id. */
export function readQuestionnaire(file: QuestionnaireFile): Questionnaire {
  const itemById = new Map<string, Item>()
  const toItem = ([id, scale]: readonly string[]): Item => {
    const options = file.scales[scale ?? '']?.map(([code, score]) => ({ code: code ?? NaN, score: score ?? NaN }))
    if (!id || !scale || !options) throw new Error(`${file.id}: item ${id} has no scale ${scale}`)
    if (itemById.has(id)) throw new Error(`${file.id}: item ${id} twice`)
    const item = { id, scale, options }
    itemById.set(id, item)
    return item
  }
  const indicators = file.indicators.map(({ id, groups }) => {
    const read = groups.map((group) => ({ id: group.id, items: group.items.map(toItem) }))
    return { id, groups: read, items: read.flatMap((group) => group.items) }
  })
  const items = indicators.flatMap((indicator) => indicator.items)
  return { id: file.id, instrument: toInstrument(file), fiscalYear: file.fiscalYear, indicators, items, itemById }
}

function toInstrument({ id, instrument }: QuestionnaireFile): Instrument {
  if (instrument === 'iit' || instrument === 'eit' || instrument === 'oit') return instrument
  throw new Error(`${id}: unknown instrument ${instrument}`)
}
