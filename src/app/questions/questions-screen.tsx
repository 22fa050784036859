import { useEffect, useRef, useState } from 'react'
import { type UseFormReturn, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { Questionnaire } from '#survey/questionnaire'
import { Button } from '#ui/button.tsx'
import { Page } from '#ui/page.tsx'
import type { FormValues, SaveState } from './form-values.ts'
import { goToItem, nextUnanswered } from './move-on.ts'
import { type Manner, Question } from './question.tsx'
import { SaveLine } from './save-line.tsx'
import { useItemWords } from './use-item-words.ts'

interface QuestionsProps {
  readonly questionnaire: Questionnaire
  readonly pageIndex: number
  readonly form: UseFormReturn<FormValues>
  /** Null where nothing is saved: a shared tablet keeps a visitor's answers in memory only. */
  readonly saveState: SaveState | null
  readonly manner: Manner
  /** What the last page's button says. */
  readonly lastLabel: string
  /** An item to go to, because it was tapped in the review or is the first one missing. */
  readonly focusItem: string | null
  readonly onAnswer: (itemId: string) => void
  readonly onNext: () => void
  readonly onBack: () => void
}

/** One indicator: five or six items on a page. */
export function QuestionsScreen({
  questionnaire,
  pageIndex,
  form,
  saveState,
  manner,
  lastLabel,
  focusItem,
  ...acts
}: QuestionsProps) {
  const { t } = useTranslation()
  const { indicatorName } = useItemWords(questionnaire.id)
  const indicator = questionnaire.indicators[pageIndex] as (typeof questionnaire.indicators)[number]
  const answers = useWatch({ control: form.control, name: 'answers' })
  const byPointer = useRef(false)
  const [wasAsked, setWasAsked] = useState(focusItem !== null)
  const isAnswered = (id: string) => Boolean(answers[id])
  const all = questionnaire.items.length

  useEffect(() => {
    if (focusItem) goToItem(focusItem, 'focus')
  }, [focusItem])

  const answered = (id: string) => {
    acts.onAnswer(id)
    // arrow keys pass over choices: only a tap or a click moves the page
    const next = byPointer.current ? nextUnanswered(indicator.items, id, isAnswered) : null
    if (next) goToItem(next, 'glide')
  }
  const next = () => {
    const missing = indicator.items.find((item) => !isAnswered(item.id))
    if (!missing || wasAsked) acts.onNext()
    else {
      setWasAsked(true)
      goToItem(missing.id, 'focus')
    }
  }
  return (
    <Page
      title={indicatorName(indicator)}
      pageKey={`questions-${pageIndex}`}
      eyebrow={t('question.page', { id: indicator.id })}
    >
      <SaveLine
        done={questionnaire.items.filter((item) => isAnswered(item.id)).length}
        all={all}
        saveState={saveState}
      />
      <div
        className="questions"
        onPointerDownCapture={() => {
          byPointer.current = true
        }}
        onKeyDownCapture={() => {
          byPointer.current = false
        }}
      >
        {indicator.items.map((item) => (
          <Question
            key={item.id}
            form={form}
            formId={questionnaire.id}
            item={item}
            number={questionnaire.items.indexOf(item) + 1}
            all={all}
            missing={wasAsked && !isAnswered(item.id)}
            onAnswer={() => answered(item.id)}
            manner={manner}
          />
        ))}
      </div>
      <div className="row end">
        <Button kind="secondary" onClick={acts.onBack}>
          {t('question.back')}
        </Button>
        <Button onClick={next}>
          {pageIndex + 1 < questionnaire.indicators.length ? t('question.next') : lastLabel}
        </Button>
      </div>
    </Page>
  )
}
