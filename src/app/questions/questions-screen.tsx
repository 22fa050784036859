import { type ReactNode, useEffect, useRef } from 'react'
import { type UseFormReturn, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { Questionnaire } from '#survey/questionnaire'
import { Button } from '#ui/button.tsx'
import { Foot } from '#ui/foot.tsx'
import { Page } from '#ui/page.tsx'
import type { FormValues, SaveState } from './form-values.ts'
import { goToItem, nextUnanswered } from './move-on.ts'
import { type Manner, Question } from './question.tsx'
import { SaveLine } from './save-line.tsx'
import type { Aim } from './steps.ts'
import { useItemWords } from './use-item-words.ts'

interface QuestionsProps {
  readonly questionnaire: Questionnaire
  /** Counts from 0. */
  readonly part: number
  readonly form: UseFormReturn<FormValues>
  /** Null where nothing is saved: a shared tablet keeps a visitor's answers in memory only. */
  readonly saveState: SaveState | null
  /** What is to be said above the questions. */
  readonly notice?: ReactNode
  /** What is to be said below them: it may come while somebody reads, and must not move what they read. */
  readonly closing?: ReactNode
  readonly manner: Manner
  /** What the last page's button says. */
  readonly lastLabel: string
  /** An item to go to. */
  readonly aim: Aim | null
  /** Items of this part were left out before, and its button was pressed. */
  readonly wasAsked: boolean
  readonly onAsked: () => void
  readonly onAnswer: (itemId: string) => void
  readonly onNext: () => void
  readonly onBack: () => void
}

/** One part: five or six items on a page. */
export function QuestionsScreen(props: QuestionsProps) {
  const { questionnaire, part, form, saveState, manner, aim, onAnswer } = props
  const { t } = useTranslation()
  const { indicatorName } = useItemWords(questionnaire.id)
  const indicator = questionnaire.indicators[part] as (typeof questionnaire.indicators)[number]
  const answers = useWatch({ control: form.control, name: 'answers' })
  const byPointer = useRef(false)
  const isAnswered = (id: string) => Boolean(answers[id])
  const marksMissing = props.wasAsked || aim?.why === 'missing'

  useEffect(() => {
    if (aim) goToItem(aim.item, 'focus')
  }, [aim])

  const answered = (id: string) => {
    onAnswer(id)
    // arrow keys pass over choices: only a tap or a click moves the page
    const next = byPointer.current ? nextUnanswered(indicator.items, id, isAnswered) : null
    if (next) goToItem(next, 'glide')
  }
  const all = questionnaire.items.length
  return (
    <Page
      title={indicatorName(indicator)}
      pageKey={`questions-${part}`}
      eyebrow={t('question.page', { part: part + 1, parts: questionnaire.indicators.length })}
    >
      <SaveLine done={questionnaire.items.filter(({ id }) => isAnswered(id)).length} all={all} saveState={saveState} />
      {props.notice}
      <Milestone questionnaire={questionnaire} part={part} isAnswered={isAnswered} />
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
            missing={marksMissing && !isAnswered(item.id)}
            onAnswer={() => answered(item.id)}
            manner={manner}
          />
        ))}
      </div>
      {props.closing}
      <WaysOn {...props} isAnswered={isAnswered} marksMissing={marksMissing} />
    </Page>
  )
}

interface AnsweredProps {
  readonly isAnswered: (id: string) => boolean
}

/** A word between parts, once all before this one are answered. */
function Milestone({
  questionnaire,
  part,
  isAnswered,
}: Pick<QuestionsProps, 'questionnaire' | 'part'> & AnsweredProps) {
  const { t } = useTranslation()
  const before = questionnaire.indicators.slice(0, part).flatMap(({ items }) => items)
  const left = questionnaire.indicators.length - part
  if (before.length === 0 || !before.every(({ id }) => isAnswered(id))) return null
  return <p className="milestone">{t(left === 1 ? 'question.lastPart' : 'question.milestone', { done: part, left })}</p>
}

/** Back and on; opened from the review there is one way: back to it. */
function WaysOn(props: QuestionsProps & AnsweredProps & { readonly marksMissing: boolean }) {
  const { questionnaire, part, aim, lastLabel, isAnswered, marksMissing } = props
  const { t } = useTranslation()
  if (aim?.why === 'review')
    return (
      <Foot>
        <Button id="to-review" onClick={props.onBack}>
          {t('question.toReview')}
        </Button>
      </Foot>
    )
  const next = () => {
    const missing = questionnaire.indicators[part]?.items.find(({ id }) => !isAnswered(id))
    if (!missing || marksMissing) props.onNext()
    else {
      props.onAsked()
      goToItem(missing.id, 'focus')
    }
  }
  return (
    <div className="row end">
      <Button kind="secondary" onClick={props.onBack}>
        {t('question.back')}
      </Button>
      <Button onClick={next}>{part + 1 < questionnaire.indicators.length ? t('question.next') : lastLabel}</Button>
    </div>
  )
}
