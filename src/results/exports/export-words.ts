import type { FormWords } from '#instruments/form-document'
import type { Lane } from '#protocol/lane'
import type { Language } from '#protocol/language'
import type { Item } from '#survey/questionnaire'
import type { RowsAre } from '../release.ts'

/** Words of questionnaires and exports, as `locales/` holds them: the same for screen, terminal and file. */
export interface WordBundles {
  readonly export: {
    readonly notice: string
    /** What a row of the table is. */
    readonly rows: Readonly<Record<RowsAre, string>>
    readonly lane: Readonly<Record<Lane | 'title', string>>
    readonly sheet: Readonly<Record<'responses' | 'codebook' | 'scores' | 'findings', string>>
    readonly codebook: Readonly<
      Record<'item' | 'instrument' | 'indicator' | 'text' | 'code' | 'label' | 'score', string>
    >
    readonly findings: Readonly<
      Record<'issue' | 'item' | 'text' | 'score' | 'how' | 'named' | 'other' | 'undisclosed', string>
    >
    readonly scores: Readonly<
      Record<'what' | 'part' | 'score' | 'n' | 'total' | 'indicator' | 'hidden' | 'evidence' | 'unproven', string>
    >
  }
  readonly questionnaires: Readonly<Record<string, FormWords>>
  readonly language: Language
}

/** The wording of one item. */
export function itemText({ questionnaires }: WordBundles, form: string, id: string): string {
  return questionnaires[form]?.item[id]?.text ?? id
}

/** What a code of an item means: the word that stands at its option's place. */
export function optionLabel(
  { questionnaires }: WordBundles,
  form: string,
  { scale, options }: Item,
  code: number,
): string {
  const place = options.findIndex((option) => option.code === code)
  return questionnaires[form]?.scale?.[scale]?.[place] ?? String(code)
}
