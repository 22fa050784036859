import type { Answers } from '#survey/answers'

/** Form values: an option code as text for each item, and the opening questions. */
export interface FormValues {
  readonly answers: Record<string, string>
  readonly opening: { used: string; contact: string }
  /** Staff only; '' before it was chosen. */
  readonly unit: string
}

export type SaveState = 'saved' | 'saving' | 'not-saved' | 'untouched'

/** What was chosen so far, as numbers; what was not answered is left out. */
export interface ChosenAnswers {
  readonly answers: Answers
  readonly coarse: Readonly<Record<string, string>>
}

/** The form before anything was answered; a fresh one each time, because forms write into it. */
export function emptyForm(): FormValues {
  return { answers: {}, opening: { used: '', contact: '' }, unit: '' }
}

/** Somebody would rather not name their unit. */
export const NO_UNIT = 'none'

/** Reads a form's values. */
export function chosenIn({ answers, opening, unit }: FormValues): ChosenAnswers {
  const given = Object.entries(answers).filter(([, code]) => code !== '' && code !== null && code !== undefined)
  return {
    answers: Object.fromEntries(given.map(([id, code]) => [id, Number(code)])),
    coarse: {
      ...(opening.contact ? { contact: opening.contact } : {}),
      ...(unit ? { unit } : {}),
    },
  }
}
