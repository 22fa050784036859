import { useCallback, useRef, useState } from 'react'
import { type Resolver, type UseFormReturn, useForm } from 'react-hook-form'
import type { Device } from '#device/device'
import { type Draft, saveDraft } from '#device/draft'
import { chosenIn, type FormValues, type SaveState } from '#questions/form-values.ts'
import { missingItems } from '#survey/answers'
import type { Session } from './stage.ts'

export interface AnswersForm {
  readonly form: UseFormReturn<FormValues>
  readonly saveState: SaveState
  /** Saves the answer to one item, or the opening questions (null). */
  readonly save: (itemId: string | null) => void
  readonly draftOf: () => Draft
}

/** The answers of a session in a form, saved to the device after every change; `onGone` when there is no ticket any more. */
export function useAnswers(device: Device, session: Session, onGone: () => void): AnswersForm {
  const { ticket, form: questions } = session
  const [saveState, setSaveState] = useState<SaveState>('untouched')
  const latest = useRef(0)
  const form = useForm<FormValues>({
    defaultValues: valuesOf(session.draft),
    resolver: requireAll(session),
    shouldFocusError: false,
  })
  const draftOf = useCallback(() => chosenIn(form.getValues()), [form])
  const unsaved = useRef(new Set<string>())
  const save = useCallback(
    (itemId: string | null) => {
      latest.current += 1
      const turn = latest.current
      if (itemId !== null) unsaved.current.add(itemId)
      const items = [...unsaved.current]
      // said only after the transaction has completed, and only for the latest change
      const say = (state: SaveState) => turn === latest.current && setSaveState(state)
      say('saving')
      saveDraft(device, ticket.id, questions, changesOf(draftOf(), items)).then(
        (stored) => {
          if (!stored) return onGone()
          // what changed again meanwhile is saved again by its own turn
          if (turn === latest.current) unsaved.current.clear()
          say('saved')
        },
        () => say('not-saved'),
      )
    },
    [device, ticket.id, questions, draftOf, onGone],
  )
  return { form, saveState, save, draftOf }
}

/** Every item needs an answer before sealing. */
function requireAll({ questionnaire }: Session): Resolver<FormValues> {
  return (values) => {
    const missing = missingItems(questionnaire, chosenIn(values).answers)
    if (missing.length === 0) return { values, errors: {} }
    const errors = Object.fromEntries(missing.map(({ id }) => [id, { type: 'required' }]))
    return { values: {}, errors: { answers: errors } }
  }
}

function valuesOf(draft: Draft | null): FormValues {
  const answers = Object.entries(draft?.answers ?? {}).map(([id, code]) => [id, String(code)])
  const { contact = '', unit = '' } = draft?.coarse ?? {}
  return { answers: Object.fromEntries(answers), opening: { used: contact ? 'yes' : '', contact }, unit }
}

/** Only what was answered here and is not stored yet: another tab's answers to other items stay as they are. */
function changesOf({ answers, coarse }: Draft, items: readonly string[]): Draft {
  const changed = items.flatMap((id) => (answers[id] === undefined ? [] : [[id, answers[id]] as const]))
  return { answers: Object.fromEntries(changed), coarse }
}
