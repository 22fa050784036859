import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { may } from '#protocol/office'
import { scoreOit } from '#results/oit'
import { roundForms } from '#results/round-forms'
import { Button } from '#ui/button.tsx'
import type { Refused } from '../asking/ask.ts'
import { useOffice } from '../asking/office-context.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { manifestOf, type PartProps } from '../asking/rounds.ts'
import { useLeaveWarning } from '../asking/use-leave-warning.ts'
import { useLoaded } from '../asking/use-loaded.ts'
import { OitGroups } from './oit-groups.tsx'
import { loadOit, type OitPaper, oitAnswersOf, saveOit } from './oit-paper.ts'

/** The items of OIT, ticked by the administrator with a link to what is published. */
export function OitPart({ round }: PartProps) {
  const { t } = useTranslation()
  const { me } = useOffice()
  const form = roundForms(manifestOf(round)).oit
  const load = useCallback(() => loadOit(round.cid), [round.cid])
  const { value, refused, set, reload } = useLoaded(load)
  // with the version it was made from: a colleague's later one is not to be written over
  const [changed, setChanged] = useState<OitPaper | null>(null)
  const [failed, setFailed] = useState<Refused | null>(null)
  useLeaveWarning(changed !== null, true)
  if (!value) return <RefusalNotice refused={refused} />
  const { version, ticks } = changed ?? value
  const answers = oitAnswersOf(ticks, form)
  const score = answers ? scoreOit(form, answers).result.score : null
  const save = async () => {
    const answer = await saveOit(round.cid, { version, ticks })
    setFailed('refused' in answer ? answer : null)
    if (!('value' in answer)) return
    set(answer.value)
    setChanged(null)
  }
  const mayChange = may(me, 'run')
  return (
    <>
      <p className="lead">{t('oit.lead', { count: form.items.length })}</p>
      <p className="big" data-oit={score?.toFixed(2)} aria-live="polite">
        {score === null ? t('oit.none') : t('oit.score', { score: score.toFixed(2) })}
      </p>
      <OitGroups
        cid={round.cid}
        named={manifestOf(round).units?.map(({ name }) => name) ?? []}
        form={form}
        ticks={ticks}
        onTicks={mayChange ? (next) => setChanged({ version, ticks: next }) : null}
      />
      {mayChange && (
        <div className="row sticky">
          <Button id="save-oit" blocked={changed === null} onClick={() => void save()}>
            {changed === null ? t('oit.saved') : t('oit.save')}
          </Button>
          {failed?.refused === 'paper-changed' && (
            <Button
              kind="secondary"
              onClick={() => {
                setChanged(null)
                setFailed(null)
                reload()
              }}
            >
              {t('oit.reload')}
            </Button>
          )}
        </div>
      )}
      <RefusalNotice refused={failed} />
    </>
  )
}
