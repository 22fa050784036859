import type { QuestionnaireFile } from '#survey/questionnaire'

/** The words of one questionnaire in one language. */
export interface FormWords {
  readonly title: string
  readonly indicator: Readonly<Record<string, string>>
  /** Parts of an indicator, where it has several. */
  readonly group?: Readonly<Record<string, string>>
  /** Words of each set of options, in the order of the options. */
  readonly scale?: Readonly<Record<string, readonly string[]>>
  readonly note?: Readonly<Record<string, string>>
  /** The wording, our explanation in plain words, and an example of ours. */
  readonly item: Readonly<Record<string, { readonly text: string; readonly plain: string; readonly example: string }>>
}

/** A questionnaire with its words by language: what a manifest's hash of a form is taken of, so that wording is in it, too. */
export interface FormDocument {
  readonly form: QuestionnaireFile
  readonly words: Readonly<Record<string, FormWords>>
}
