import { useCallback, useEffect, useRef, useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { Device } from '#device/device'
import type { OutboxRecord, ReadyTicket, TabletRecord } from '#device/store'
import { isWaiting, noteVisitor, pickTicket, sealVisitor, storeVisitor } from '#device/tablet/counter'
import { type ChosenAnswers, chosenIn, emptyForm, type FormValues } from '#questions/form-values.ts'
import { OpeningScreen } from '#questions/opening-screen.tsx'
import { QuestionsScreen } from '#questions/questions-screen.tsx'
import { type Step, stepAfter, stepAt, stepBefore } from '#questions/steps.ts'
import { missingItems } from '#survey/answers'
import type { Questionnaire } from '#survey/questionnaire'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { IdleQuestion } from './idle-question.tsx'
import { useBackTrap } from './use-back-trap.ts'
import { useNumberKeys } from './use-number-keys.ts'

interface VisitProps {
  readonly device: Device
  readonly tablet: TabletRecord
  readonly questionnaire: Questionnaire
  readonly onDone: (end: 'sealed' | 'declined' | 'gone' | 'no-tickets') => void
}

/** One visitor, from the opening questions to the seal. The answers are in this component's memory and nowhere else; it goes, they go. */
export function Visit({ device, tablet, questionnaire, onDone }: VisitProps) {
  const { t } = useTranslation('counter')
  const interview = tablet.enrolment?.lane === 'eit-survey'
  const form = useForm<FormValues>({ defaultValues: emptyForm() })
  const [step, setStep] = useState<Step>({ at: 'opening' })
  // tapped twice with items left out, a button lets pass: which part was asked for them
  const [asked, setAsked] = useState<number | null>(null)
  const [failed, setFailed] = useState(false)
  const ended = useRef(false)
  const end = useCallback(
    (how: Parameters<typeof onDone>[0]) => {
      if (ended.current) return
      ended.current = true
      if (how === 'declined') void noteVisitor(device, 'turnedAway').catch(() => undefined)
      onDone(how)
    },
    [device, onDone],
  )
  const sealing = useRef(false)
  const record = useRef<OutboxRecord | null>(null)
  // what is being sealed cannot be called back any more: whoever is told "deleted" must be able to rely on it
  const gone = useCallback(() => {
    if (!sealing.current) end('gone')
  }, [end])
  const back = () => {
    if (sealing.current) return
    const before = stepBefore(questionnaire, step, true)
    if (before) setStep(before)
    else gone()
  }
  useBackTrap(back)
  const part = step.at === 'part' ? step.part : null
  useNumberKeys(form, part === null ? null : questionnaire.indicators[part], () => next())
  useEffect(() => () => form.reset(emptyForm()), [form])

  const finish = async () => {
    const chosen = chosenIn(form.getValues())
    const [missing] = missingItems(questionnaire, chosen.answers)
    if (missing) {
      setStep(stepAt(questionnaire, { item: missing.id, why: 'missing' }))
      return
    }
    if (sealing.current || ended.current) return
    sealing.current = true
    setFailed(false)
    const sealed = await sealOnce(device, tablet, chosen, record).catch(() => 'failed' as const)
    sealing.current = false
    if (sealed === 'failed') setFailed(true)
    else end(sealed)
  }
  const next = () => {
    const after = stepAfter(questionnaire, step)
    // whoever hands a tablet back does not look through it all again
    if (after.at === 'review') void finish()
    else setStep(after)
  }
  return (
    <div data-visit={part === null ? 0 : part + 1}>
      {step.at !== 'part' ? (
        <OpeningScreen
          form={form}
          onSave={() => undefined}
          onNext={next}
          onDecline={() => end('declined')}
          onBack={gone}
        />
      ) : (
        <QuestionsScreen
          key={`${step.part}-${step.aim?.item}`}
          questionnaire={questionnaire}
          part={step.part}
          form={form}
          saveState={null}
          manner={interview ? 'interview' : 'shared'}
          lastLabel={t('visit.finish')}
          aim={step.aim}
          wasAsked={asked === step.part}
          onAsked={() => setAsked(step.part)}
          onAnswer={() => undefined}
          onNext={next}
          onBack={back}
        />
      )}
      {failed && (
        <Notice kind="warning" live>
          <strong>{t('failed.title')}</strong>
          <p>{t('failed.text')}</p>
          <Button kind="secondary" onClick={() => void finish()}>
            {t('failed.again')}
          </Button>
        </Notice>
      )}
      <div className="row quit">
        <Button kind="quiet" onClick={gone}>
          {t('visit.quit')}
        </Button>
      </div>
      <IdleQuestion onGone={gone} />
    </div>
  )
}

/**
 * One sealed response for one visit: tried again it is the very same. When the ticket is gone on a second try, the first one
 * was kept and delivered meanwhile.
 */
async function sealOnce(
  device: Device,
  tablet: TabletRecord,
  chosen: ChosenAnswers,
  sealed: { current: OutboxRecord | null },
): Promise<'sealed' | 'no-tickets'> {
  const isFirstTry = sealed.current === null
  while (true) {
    const ticket = sealed.current ? null : await pickTicket(device, tablet)
    if (!sealed.current && !ticket) return 'no-tickets'
    sealed.current ??= await sealVisitor(device, tablet, ticket as ReadyTicket, chosen)
    const outcome = await storeVisitor(device, sealed.current)
    if (outcome === 'sealed' || (!isFirstTry && !(await isWaiting(device, sealed.current)))) return 'sealed'
    // another tab was first, with another visitor's answers
    sealed.current = null
  }
}
