import type { UseFormReturn } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { Item } from '#survey/questionnaire'
import { type Choice, Choices } from '#ui/choices.tsx'
import { Disclosure } from '#ui/disclosure.tsx'
import type { FormValues } from './form-values.ts'
import { ReadAloud } from './read-aloud.tsx'
import { useItemWords } from './use-item-words.ts'

interface QuestionProps {
  readonly form: UseFormReturn<FormValues>
  readonly formId: string
  readonly item: Item
  readonly number: number
  readonly all: number
  readonly missing: boolean
  readonly onAnswer: () => void
  readonly manner: Manner
}

/** `alone`: on a person's own phone. `shared`: on a counter's tablet. `interview`: an officer reads and presses keys, and no voice does. */
export type Manner = 'alone' | 'shared' | 'interview'

/** The choices as one says them: "a little, quite a lot or very much". */
function inWords(choices: readonly Choice[], or: string): string {
  const labels = choices.map(({ label }) => label)
  return [labels.slice(0, -1).join(', '), labels[labels.length - 1]].join(` ${or} `)
}

/** One item: its number, its wording, its choices in full, and what it means. */
export function Question({ form, formId, item, number, all, missing, onAnswer, manner }: QuestionProps) {
  const { t } = useTranslation()
  const { wordsOf, choicesOf, noteWord } = useItemWords(formId)
  const words = wordsOf(item)
  const missingId = `${item.id}-missing`
  const noteId = (note: string) => `${item.id}-${note}`
  const described = [...item.notes.map(noteId), missing && missingId].filter(Boolean).join(' ')
  return (
    <div className={missing ? 'question missing' : 'question'} id={`item-${item.id}`}>
      <fieldset data-item={item.id}>
        <legend>
          {/* a heading, so that a screen reader can go from question to question */}
          <h2>
            <span className="number" aria-hidden="true">
              {number}
            </span>
            <span className="unseen">{t('question.progress', { number, all })} </span>
            <span className="text">{words.text}</span>
          </h2>
        </legend>
        {item.notes.map((note) => (
          <p key={note} className="fees" id={noteId(note)}>
            {noteWord(note)}
          </p>
        ))}
        {missing && (
          <p className="missing-text" id={missingId}>
            {t('question.missing')}
          </p>
        )}
        {manner === 'interview' && (
          <p className="read-out" data-read-out>
            {t('question.readOut', { choices: inWords(choicesOf(item), t('question.or')) })}
          </p>
        )}
        <Choices
          numbered={manner === 'interview'}
          registration={form.register(`answers.${item.id}`, { onChange: onAnswer })}
          choices={choicesOf(item)}
          {...(described ? { describedBy: described } : {})}
        />
      </fieldset>
      {manner !== 'interview' && (
        <ReadAloud text={[words.text, ...choicesOf(item).map(({ label }) => label)].join('. ')} />
      )}
      {words.plain !== '' && (
        <Disclosure quiet summary={t('question.help')}>
          <p>{words.plain}</p>
          {words.example !== '' && <p>{t('question.example', { text: words.example })}</p>}
          <p className="small">{t('question.helpOurs')}</p>
        </Disclosure>
      )}
    </div>
  )
}
