import { useTranslation } from 'react-i18next'
import type { Draft } from '#device/draft'
import { useItemWords } from '#questions/use-item-words.ts'
import { missingItems } from '#survey/answers'
import type { Item } from '#survey/questionnaire'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import { Leaves } from './leaves.tsx'
import type { SealState, Session } from './stage.ts'

interface ReviewProps {
  readonly session: Session
  readonly draft: Draft
  readonly sealState: SealState
  readonly onSeal: () => void
  readonly onChange: (itemId: string) => void
  readonly onBack: () => void
}

/** A compact list of what was chosen; tap to change, then seal. */
export function ReviewScreen({ session, draft, sealState, onSeal, onChange, onBack }: ReviewProps) {
  const { t } = useTranslation()
  const { questionnaire } = session
  const { indicatorName } = useItemWords(questionnaire.id)
  const missing = missingItems(questionnaire, draft.answers).length
  return (
    <Page title={t('review.title')} pageKey="review">
      <p className="lead">{t('review.lead')}</p>
      {questionnaire.indicators.map((indicator) => (
        <section key={indicator.id} className="review">
          <h2>{indicatorName(indicator)}</h2>
          <ul>
            {indicator.items.map((item) => (
              <ReviewLine
                key={item.id}
                session={session}
                item={item}
                draft={draft}
                onChange={() => onChange(item.id)}
              />
            ))}
          </ul>
        </section>
      ))}
      <Leaves session={session} draft={draft} />
      {missing > 0 && <Notice kind="warning">{t('review.missing', { count: missing })}</Notice>}
      {sealState === 'failed' && (
        <Notice kind="warning" live>
          {t('review.sealFailed')}
        </Notice>
      )}
      <div className="row end">
        <Button kind="secondary" onClick={onBack}>
          {t('question.back')}
        </Button>
        <Button id="seal" blocked={sealState === 'sealing'} onClick={onSeal}>
          {missing > 0 ? t('review.goToMissing') : t(sealState === 'sealing' ? 'review.sealing' : 'review.seal')}
        </Button>
      </div>
    </Page>
  )
}

function ReviewLine({
  session,
  item,
  draft,
  onChange,
}: {
  session: Session
  item: Item
  draft: Draft
  onChange: () => void
}) {
  const { t } = useTranslation()
  const { wordsOf, optionWord } = useItemWords(session.questionnaire.id)
  const code = draft.answers[item.id]
  return (
    <li>
      <button type="button" className="review-line" onClick={onChange}>
        <span className="number">{session.questionnaire.items.indexOf(item) + 1}.</span>
        <span className="text">{wordsOf(item).text}</span>
        <span className={code === undefined ? 'chosen missing-text' : 'chosen'}>
          {code === undefined ? t('review.unanswered') : optionWord(item, code)}
        </span>
        <span className="change">{t('review.change')}</span>
      </button>
    </li>
  )
}
