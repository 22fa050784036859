import type { Lane } from '#protocol/lane'
import type { RowsAre } from '../release.ts'

/** Words of questionnaires and exports, as `locales/` holds them: the same for screen, terminal and file. */
export interface WordBundles {
  readonly export: {
    readonly notice: string
    /** What a row of the table is. */
    readonly rows: Readonly<Record<RowsAre, string>>
    readonly lane: Readonly<Record<Lane | 'title', string>>
    readonly sheet: Readonly<Record<'responses' | 'codebook' | 'scores', string>>
    readonly codebook: Readonly<
      Record<'item' | 'instrument' | 'indicator' | 'text' | 'code' | 'label' | 'score', string>
    >
    readonly scores: Readonly<Record<'what' | 'part' | 'score' | 'n' | 'total' | 'indicator' | 'hidden', string>>
  }
  readonly scale: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly questionnaires: Readonly<Record<string, QuestionnaireWords>>
}

export interface QuestionnaireWords {
  readonly title: string
  readonly indicator: Readonly<Record<string, string>>
  readonly item: Readonly<Record<string, { readonly text: string }>>
}

/** The wording of one item. */
export function itemText({ questionnaires }: WordBundles, form: string, id: string): string {
  return questionnaires[form]?.item[id]?.text ?? id
}

/** What a code of a scale means; reversed scales have the same words. */
export function optionLabel({ scale: scales }: WordBundles, scale: string, code: number | string): string {
  return scales[scale.startsWith('level') ? 'level' : 'yesNo']?.[code] ?? String(code)
}
