import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '#device/draft'
import { useItemWords } from '#questions/use-item-words.ts'
import { missingItems } from '#survey/answers'
import type { Indicator } from '#survey/questionnaire'
import { Button } from '#ui/button.tsx'
import { Disclosure } from '#ui/disclosure.tsx'
import { Foot } from '#ui/foot.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import { Leaves } from './leaves.tsx'
import { isReady, type SealState, type Session } from './stage.ts'

interface ReviewProps {
  readonly session: Session
  readonly draft: Draft
  readonly sealState: SealState
  /** What is missing still. */
  readonly notice: ReactNode
  /** What is said of the round below the answers: it may come late, and must not move what somebody taps. */
  readonly closing: ReactNode
  readonly onSeal: () => void
  readonly onChange: (itemId: string) => void
  readonly onBack: () => void
}

/** What was chosen, part by part; tap to change, then seal. */
export function ReviewScreen({ session, draft, sealState, notice, closing, onSeal, onChange, onBack }: ReviewProps) {
  const { t } = useTranslation()
  const { questionnaire } = session
  const missing = missingItems(questionnaire, draft.answers).length
  return (
    <Page title={t('review.title')} pageKey="review">
      <p className="lead">{t('review.lead')}</p>
      {notice}
      {questionnaire.indicators.map((indicator) => (
        <ReviewPart
          key={indicator.id}
          questionnaire={questionnaire}
          indicator={indicator}
          draft={draft}
          onChange={onChange}
        />
      ))}
      {closing}
      <p>{t('review.final')}</p>
      <Leaves session={session} draft={draft} />
      {sealState === 'failed' && (
        <Notice kind="warning" live>
          {t('review.sealFailed')}
        </Notice>
      )}
      <Button kind="quiet" onClick={onBack}>
        {t('question.back')}
      </Button>
      <Foot>
        {missing > 0 && <p className="missing-text">{t('review.missing', { count: missing })}</p>}
        <Button id="seal" blocked={sealState === 'sealing' || (missing === 0 && !isReady(session))} onClick={onSeal}>
          {missing > 0 ? t('review.goToMissing') : t(sealState === 'sealing' ? 'review.sealing' : 'review.seal')}
        </Button>
      </Foot>
    </Page>
  )
}

interface ReviewPartProps extends Pick<ReviewProps, 'draft' | 'onChange'> {
  readonly questionnaire: Session['questionnaire']
  readonly indicator: Indicator
}

/** One part: the words that were chosen, each a button to its question; the questions in full are one tap away. */
function ReviewPart({ questionnaire, indicator, draft, onChange }: ReviewPartProps) {
  const { t } = useTranslation()
  const { indicatorName, wordsOf, optionWord } = useItemWords(questionnaire.id)
  const left = indicator.items.filter(({ id }) => draft.answers[id] === undefined).length
  const lines = indicator.items.map((item) => {
    const code = draft.answers[item.id]
    return {
      id: item.id,
      number: questionnaire.items.indexOf(item) + 1,
      text: wordsOf(item).text,
      chosen: code === undefined ? null : optionWord(item, code),
    }
  })
  return (
    <section className="review">
      <h2>
        {indicatorName(indicator)}{' '}
        <span className={left > 0 ? 'state missing-text' : 'state'}>
          {left > 0 ? t('review.left', { count: left }) : t('review.complete')}
        </span>
      </h2>
      <ul className="chosen-words">
        {lines.map(({ id, number, text, chosen }) => (
          <li key={id}>
            <button
              type="button"
              data-review={id}
              className={chosen === null ? 'missing' : undefined}
              aria-label={t('review.changeItem', { number, chosen: chosen ?? t('review.unanswered'), text })}
              onClick={() => onChange(id)}
            >
              <span className="number">{number}</span> {chosen ?? t('review.unanswered')}
            </button>
          </li>
        ))}
      </ul>
      <Disclosure quiet lazy summary={t('review.inFull')}>
        <dl className="in-full">
          {lines.map(({ id, number, text, chosen }) => (
            <div key={id}>
              <dt>
                {number}. {text}
              </dt>
              <dd>{chosen ?? t('review.unanswered')}</dd>
            </div>
          ))}
        </dl>
      </Disclosure>
    </section>
  )
}
