import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keepStorage } from '#device/browser/keep-storage'
import type { Device } from '#device/device'
import { discardDraft } from '#device/draft'
import type { OutboxRecord } from '#device/store'
import { emptyForm } from '#questions/form-values.ts'
import { OpeningScreen } from '#questions/opening-screen.tsx'
import { QuestionsScreen } from '#questions/questions-screen.tsx'
import { firstStep, type Step, stepAfter, stepAt, stepBefore } from '#questions/steps.ts'
import { missingItems } from '#survey/answers'
import { BeforeSealing, BegunEarly, RoundSaid } from './begun-early.tsx'
import { DeclinedScreen } from './declined-screen.tsx'
import { ReviewScreen } from './review-screen.tsx'
import { isReady, openingOf, type Session } from './stage.ts'
import { UnitScreen } from './unit-screen.tsx'
import { useAnswers } from './use-answers.ts'
import { useSealing } from './use-sealing.ts'
import { useSteps } from './use-steps.ts'

interface AnswerFlowProps {
  readonly device: Device
  readonly session: Session
  /** Where to begin; otherwise where the draft ends. */
  readonly from?: Step
  readonly onSealed: (record: OutboxRecord) => void
  readonly onLeave: () => void
}

/** Opening questions (EIT), one page for each part, review. The form lives here, so that pages come and go. */
export function AnswerFlow({ device, session, from, onSealed, onLeave }: AnswerFlowProps) {
  const { t } = useTranslation()
  const { questionnaire, campaign, ticket } = session
  const { form, saveState, save, draftOf } = useAnswers(device, session, onLeave)
  const opening = openingOf(session)
  const [first] = useState(() => from ?? beginning(session))
  const { step, go, back } = useSteps(first, (one) => stepBefore(questionnaire, one, opening !== null), onLeave)
  const [begunEarly] = useState(!isReady(session))
  // tapped twice with items left out, a button lets pass: which part was asked for them
  const [asked, setAsked] = useState<number | null>(null)
  const sealing = useSealing({ device, session, form, draftOf, onSealed, onLeave })

  const decline = () => {
    // nothing of somebody who need not answer stays on the device
    form.reset({ ...emptyForm(), opening: { used: 'no', contact: '' } })
    void discardDraft(device, ticket.id).catch(() => undefined)
    go({ at: 'declined' })
  }
  /** What a round asks first is asked last of whoever began before it was known. */
  const lacksUnit = () => opening === 'unit' && !draftOf().coarse.unit
  const next = () => {
    // whoever began before the app was there has not been asked at "start"
    if (begunEarly) void keepStorage()
    const after =
      step.at === 'opening' ? firstStep(questionnaire, false, draftOf().answers) : stepAfter(questionnaire, step)
    go(after.at === 'review' && lacksUnit() ? { at: 'opening' } : after)
  }
  if (step.at === 'declined') return <DeclinedScreen onBack={back} />
  if (step.at === 'opening') {
    const acts = { form, onSave: () => save(null), onNext: next, onBack: back }
    return opening === 'unit' && campaign ? (
      <UnitScreen {...acts} manifest={campaign.manifest} />
    ) : (
      <OpeningScreen {...acts} onDecline={decline} />
    )
  }
  if (step.at === 'review') {
    const seal = () => {
      const [missing] = missingItems(questionnaire, draftOf().answers)
      if (missing) go(stepAt(questionnaire, { item: missing.id, why: 'missing' }))
      else if (lacksUnit()) go({ at: 'opening' })
      else void sealing.seal()
    }
    return (
      <ReviewScreen
        session={session}
        draft={draftOf()}
        sealState={sealing.state}
        notice={begunEarly && <BegunEarly session={session} isLast />}
        closing={<BeforeSealing session={session} />}
        onSeal={seal}
        onChange={(item) => go(stepAt(questionnaire, { item, why: 'review' }))}
        onBack={back}
      />
    )
  }
  return (
    <QuestionsScreen
      key={`${step.part}-${step.aim?.item}`}
      questionnaire={questionnaire}
      part={step.part}
      form={form}
      saveState={saveState}
      notice={begunEarly && <BegunEarly session={session} />}
      closing={begunEarly && <RoundSaid session={session} />}
      manner="alone"
      lastLabel={t('question.review')}
      aim={step.aim}
      wasAsked={asked === step.part}
      onAsked={() => setAsked(step.part)}
      onAnswer={save}
      onNext={next}
      onBack={back}
    />
  )
}

function beginning(session: Session) {
  const { questionnaire, draft } = session
  const opening = openingOf(session)
  return firstStep(questionnaire, opening !== null && !draft?.coarse[opening], draft?.answers ?? {})
}
