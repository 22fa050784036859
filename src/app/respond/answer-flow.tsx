import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Device } from '#device/device'
import { discardDraft } from '#device/draft'
import { holdsTicket } from '#device/holdings'
import { sealDraft } from '#device/seal'
import type { OutboxRecord } from '#device/store'
import { OpeningScreen } from '#questions/opening-screen.tsx'
import { QuestionsScreen } from '#questions/questions-screen.tsx'
import { missingItems } from '#survey/answers'
import { DeclinedScreen } from './declined-screen.tsx'
import { ReviewScreen } from './review-screen.tsx'
import type { SealState, Session } from './stage.ts'
import { UnitScreen } from './unit-screen.tsx'
import { useAnswers } from './use-answers.ts'
import { useSteps } from './use-steps.ts'

interface AnswerFlowProps {
  readonly device: Device
  readonly session: Session
  readonly onSealed: (record: OutboxRecord) => void
  readonly onLeave: () => void
}

/** The step of somebody who never used the service. */
const DECLINED = -1

/** Opening questions (EIT), one page for each indicator, review. The form lives here, so that pages come and go. */
export function AnswerFlow({ device, session, onSealed, onLeave }: AnswerFlowProps) {
  const { t } = useTranslation()
  const { questionnaire } = session
  const { form, saveState, save, draftOf } = useAnswers(device, session, onLeave)
  const pages = questionnaire.indicators.length
  const first = useMemo(() => firstStep(session), [session])
  const { step, go, back } = useSteps(first, openingOf(session) ? 0 : 1, onLeave)
  const [focusItem, setFocusItem] = useState<string | null>(null)
  const [sealState, setSealState] = useState<SealState>('open')
  const sealing = useRef(false)

  const goToItem = useCallback(
    (id: string) => {
      setFocusItem(id)
      go(1 + questionnaire.indicators.findIndex(({ items }) => items.some((item) => item.id === id)))
    },
    [go, questionnaire],
  )
  const seal = form.handleSubmit(
    async () => {
      if (sealing.current) return
      sealing.current = true
      setSealState('sealing')
      try {
        const sealed = await sealDraft(device, session.campaign, session.ticket, draftOf())
        if (sealed.outcome === 'sealed') onSealed(sealed.record)
        else onLeave()
      } catch {
        sealing.current = false
        // sealed in another tab, or wiped: then there is nothing to try again
        if (await holdsTicket(device, session.ticket.id)) setSealState('failed')
        else onLeave()
      }
    },
    () => {
      const [missing] = missingItems(questionnaire, draftOf().answers)
      if (missing) goToItem(missing.id)
    },
  )

  const decline = () => {
    // nothing of somebody who need not answer stays on the device
    form.reset({ answers: {}, opening: { used: 'no', contact: '' }, unit: '' })
    void discardDraft(device, session.ticket.id).catch(() => undefined)
    go(DECLINED)
  }
  if (step === 0 && openingOf(session) === 'unit')
    return (
      <UnitScreen
        form={form}
        manifest={session.campaign.manifest}
        onSave={() => save(null)}
        onNext={() => go(1)}
        onBack={back}
      />
    )
  if (step === 0)
    return (
      <OpeningScreen form={form} onSave={() => save(null)} onNext={() => go(1)} onDecline={decline} onBack={back} />
    )
  if (step === DECLINED) return <DeclinedScreen onBack={back} />
  if (step > pages) {
    return (
      <ReviewScreen
        session={session}
        draft={draftOf()}
        sealState={sealState}
        onSeal={() => void seal()}
        onChange={goToItem}
        onBack={back}
      />
    )
  }
  const nextStep = () => {
    setFocusItem(null)
    go(step + 1)
  }
  return (
    <QuestionsScreen
      key={step}
      questionnaire={questionnaire}
      pageIndex={step - 1}
      form={form}
      saveState={saveState}
      manner="alone"
      lastLabel={t('question.review')}
      focusItem={focusItem}
      onAnswer={save}
      onNext={nextStep}
      onBack={back}
    />
  )
}

/** What is asked before the questions, if anything. */
function openingOf({ questionnaire, campaign }: Session): 'contact' | 'unit' | null {
  if (questionnaire.opening) return questionnaire.opening
  return campaign.manifest.units ? 'unit' : null
}

/** Where to go on: the opening questions, or the page of the first item without an answer, or the review. */
function firstStep(session: Session): number {
  const { questionnaire, draft } = session
  const opening = openingOf(session)
  if (opening && !draft?.coarse[opening]) return 0
  const [missing] = missingItems(questionnaire, draft?.answers ?? {})
  const page = questionnaire.indicators.findIndex(({ items }) => items.some((item) => item.id === missing?.id))
  return page === -1 ? questionnaire.indicators.length + 1 : page + 1
}
