import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { may, type TabletView } from '#protocol/office'
import { modulesOfText } from '#protocol/qr'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { QrPicture } from '#ui/qr-picture.tsx'
import { ask, type Refused } from '../asking/ask.ts'
import { useOffice } from '../asking/office-context.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { manifestOf, type PartProps } from '../asking/rounds.ts'
import { TextField } from '../asking/text-field.tsx'
import { useOnce } from '../asking/use-once.ts'
import { TabletTable } from './tablet-table.tsx'

interface Fields {
  readonly lane: 'eit-public' | 'eit-survey'
  readonly point: string
  readonly quota: string
}

/** Invites tablets to service points, and takes lost ones out. */
export function TabletsPart({ round, onRound }: PartProps) {
  const { t } = useTranslation()
  const { me, withProof } = useOffice()
  const [link, setLink] = useState<{ readonly point: string; readonly link: string } | null>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  const lanes = (['eit-public', 'eit-survey'] as const).filter((lane) => round.lanes.some((one) => one.lane === lane))
  // the round's own points are counted; any other name would be nowhere in the results
  const { points = [] } = manifestOf(round)
  const { register, handleSubmit, formState } = useForm<Fields>({
    defaultValues: { point: points[0]?.name ?? '', quota: '100', ...(lanes[0] ? { lane: lanes[0] } : {}) },
  })
  const add = useOnce(async ({ lane, point, quota }: Fields) => {
    const body = { lane, point: point.trim(), quota: Number(quota) }
    const answer = await withProof(() => ask('POST /rounds/:cid/tablets', { cid: round.cid, body }))
    setRefused('refused' in answer ? answer : null)
    if (!('value' in answer)) return
    setLink({ point: body.point, link: answer.value.link })
    onRound(answer.value.round)
  })
  const invite = handleSubmit(add)
  const revoke = async ({ tablet, point }: TabletView) => {
    if (!window.confirm(t('tablets.revokeAsk', { point }))) return
    const answer = await withProof(() => ask('POST /rounds/:cid/revoke-tablet', { cid: round.cid, body: { tablet } }))
    setRefused('refused' in answer ? answer : null)
    if ('value' in answer) onRound(answer.value.round)
  }
  const mayInvite = may(me, 'run') && (round.state === 'draft' || round.state === 'open')
  return (
    <>
      {round.tablets.length > 0 ? (
        <TabletTable round={round} {...(may(me, 'run') ? { onRevoke: (one) => void revoke(one) } : {})} />
      ) : (
        <Notice>{t('tablets.none')}</Notice>
      )}
      {link && (
        <section className="notice invited" data-invited>
          <h2>{t('tablets.scan', { point: link.point })}</h2>
          <p>{t('tablets.scanText')}</p>
          <QrPicture modules={modulesOfText(link.link)} label={t('tablets.scan', { point: link.point })} inView />
          <p className="small">
            <code>{link.link}</code>
          </p>
          <Button kind="secondary" onClick={() => window.print()}>
            {t('tablets.print')}
          </Button>
        </section>
      )}
      {mayInvite && (
        <form onSubmit={(event) => void invite(event)} data-form="tablet">
          <h2>{t('tablets.invite')}</h2>
          {points.length > 0 ? (
            <div className="field">
              <label htmlFor="tablet-point">{t('tablets.point')}</label>
              <select id="tablet-point" {...register('point')}>
                {points.map(({ id, name }) => (
                  <option key={id}>{name}</option>
                ))}
              </select>
            </div>
          ) : (
            <TextField
              label={t('tablets.point')}
              help={t('tablets.pointHelp')}
              registration={register('point', { validate: (text) => text.trim() !== '', maxLength: 60 })}
              error={formState.errors.point ? t('create.needed') : undefined}
              maxLength={60}
            />
          )}
          <fieldset className="choices">
            <legend>{t('tablets.mode')}</legend>
            {lanes.map((lane) => (
              <label key={lane} className="choice">
                <input type="radio" value={lane} {...register('lane')} />
                <span>{t(`tablets.lane.${lane}`)}</span>
              </label>
            ))}
          </fieldset>
          <TextField
            label={t('tablets.quota')}
            help={t('tablets.quotaHelp')}
            type="number"
            registration={register('quota', { min: 1, max: 2000, required: true })}
            error={formState.errors.quota ? t('tablets.quotaHelp') : undefined}
          />
          <button type="submit" className="button primary">
            {t('tablets.make')}
          </button>
        </form>
      )}
      <RefusalNotice refused={refused} />
    </>
  )
}
