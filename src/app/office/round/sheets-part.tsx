import { useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { SlipKind } from '#protocol/acts'
import type { Lane } from '#protocol/lane'
import { may, type RoundList, type RoundView } from '#protocol/office'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { ask, askFile, type Refused } from '../asking/ask.ts'
import { Confirm } from '../asking/confirm.tsx'
import { useOffice } from '../asking/office-context.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { loadRounds, manifestOf, numberInName, type PartProps, unitName } from '../asking/rounds.ts'
import { saveFile } from '../asking/save-file.ts'
import { TextField } from '../asking/text-field.tsx'
import { useOnce } from '../asking/use-once.ts'
import { WitnessStep } from '../keys/witness-step.tsx'
import { PosterLane } from './poster-lane.tsx'
import { printSlips } from './print-slips.ts'
import { SpareAsks } from './spare-asks.tsx'

const PDF = 'application/pdf'

/** Posters for everybody, slips for whoever administers. */
export function SheetsPart({ round, today, onRound }: PartProps) {
  const { t } = useTranslation()
  const { me } = useOffice()
  const [refused, setRefused] = useState<Refused | null>(null)
  const poster = async (what: 'poster' | 'open-poster') => {
    const answer = await askFile(`GET /rounds/:cid/${what}`, { cid: round.cid })
    setRefused('refused' in answer ? answer : null)
    if ('value' in answer) saveFile(`${what}-${await numberInName(round)}.pdf`, [await answer.value.blob()], PDF)
  }
  const hasPosterLane = round.lanes.some(({ lane }) => lane === 'eit-open')
  return (
    <>
      <section>
        <h2>{t('sheets.posters')}</h2>
        <p>{t('sheets.postersText')}</p>
        <div className="row">
          <Button id="poster" kind="secondary" onClick={() => void poster('poster')}>
            {t('sheets.poster')}
          </Button>
          {hasPosterLane && (
            <Button id="open-poster" kind="secondary" onClick={() => void poster('open-poster')}>
              {t('sheets.openPoster')}
            </Button>
          )}
        </div>
        <RefusalNotice refused={refused} />
      </section>
      {round.state !== 'draft' && <WitnessStep round={round} when="handout" />}
      {hasPosterLane && may(me, 'run') && <PosterLane round={round} onRound={onRound} />}
      <section>
        <h2>{t('sheets.slips')}</h2>
        <p>{t('sheets.slipsText')}</p>
        <Printings round={round} today={today} onRound={onRound} />
        {may(me, 'run') && (round.state === 'draft' || round.state === 'open') && (
          <>
            <SpareAsks round={round} onRound={onRound} />
            <SlipForm round={round} today={today} onRound={onRound} />
          </>
        )}
      </section>
    </>
  )
}

function Printings({ round, onRound }: PartProps) {
  const { t } = useTranslation()
  const { me, withProof } = useOffice()
  const [refused, setRefused] = useState<Refused | null>(null)
  const all = round.lanes.flatMap(({ lane, printings }) => printings.map((printing) => ({ lane, ...printing })))
  const mayVoid = may(me, 'run') && (round.state === 'draft' || round.state === 'open')
  const discard = async (lane: Lane, printing: number) => {
    const answer = await withProof(() =>
      ask('POST /rounds/:cid/void-slips', { cid: round.cid, body: { lane, printing } }),
    )
    setRefused('refused' in answer ? answer : null)
    if ('value' in answer) onRound(answer.value.round)
  }
  if (all.length === 0) return <Notice>{t('sheets.none')}</Notice>
  return (
    <>
      <ul className="cards">
        {all.map(({ lane, batch, kind, printed, exchanged, voided, unit }) => (
          <li key={`${lane}-${batch}`} className="card" data-printing={`${lane}-${batch}`}>
            <span>
              {t(`lane.${lane}`)} · {unitName(round, unit)}{' '}
              {t(voided ? 'watch.voided' : `watch.printing.${kind}`, { batch, printed, exchanged })}
            </span>
            {mayVoid && !voided && (
              <Confirm
                id={`void-${lane}-${batch}`}
                label={t('sheets.void')}
                yes={t('sheets.voidYes')}
                onYes={() => discard(lane, batch)}
              >
                <p>{t('sheets.voidAsk')}</p>
              </Confirm>
            )}
          </li>
        ))}
      </ul>
      <RefusalNotice refused={refused} />
    </>
  )
}

interface SlipFields {
  readonly lane: Lane
  readonly kind: SlipKind
  readonly count: string
  /** '' for everybody. */
  readonly unit: string
}

function SlipForm({ round, onRound }: PartProps) {
  const { t } = useTranslation()
  const { withProof } = useOffice()
  const [refused, setRefused] = useState<Refused | null>(null)
  const lanes = round.lanes.filter(({ lane }) => lane !== 'eit-open')
  const { register, handleSubmit, formState, control } = useForm<SlipFields>({
    defaultValues: { kind: 'main', count: '', unit: '', ...(lanes[0] ? { lane: lanes[0].lane } : {}) },
  })
  const [chosen, kind] = useWatch({ control, name: ['lane', 'kind'] })
  const { units = [] } = manifestOf(round)
  const make = useOnce(async ({ lane, kind, count, unit }: SlipFields) => {
    const forUnit = lane === 'iit' ? unit : ''
    const body = { lane, kind, count: Number(count), unit: forUnit }
    const answer = await withProof(() =>
      kind === 'spare'
        ? ask('POST /rounds/:cid/ask-spare', { cid: round.cid, body: { lane, count: Number(count), unit: forUnit } })
        : printSlips(round, body),
    )
    setRefused('refused' in answer ? answer : null)
    if (!('value' in answer)) return
    const again = await loadRounds()
    const fresh = 'value' in again ? roundIn(again.value, round.cid) : undefined
    if (fresh) onRound(fresh)
  })
  const print = handleSubmit(make)
  return (
    <form onSubmit={(event) => void print(event)} data-form="slips">
      <h3>{t('sheets.print')}</h3>
      <div className="field">
        <label htmlFor="slips-lane">{t('sheets.lane')}</label>
        <select id="slips-lane" {...register('lane')}>
          {lanes.map(({ lane }) => (
            <option key={lane} value={lane}>
              {t(`lane.${lane}`)}
            </option>
          ))}
        </select>
      </div>
      {units.length > 0 && chosen === 'iit' && (
        <div className="field">
          <label htmlFor="slips-unit">{t('sheets.unit')}</label>
          <select id="slips-unit" {...register('unit')}>
            <option value="">{t('sheets.everybody')}</option>
            {units.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
      <fieldset className="choices">
        <legend>{t('sheets.kind')}</legend>
        {(['main', 'spare'] as const).map((kind) => (
          <label key={kind} className="choice">
            <input type="radio" value={kind} {...register('kind')} />
            <span>{t(`sheets.kinds.${kind}`)}</span>
          </label>
        ))}
      </fieldset>
      <TextField
        label={t('sheets.count')}
        type="number"
        registration={register('count', { min: 1, max: 5000, required: true })}
        error={formState.errors.count ? t('sheets.countHelp') : undefined}
      />
      <button type="submit" className="button primary" aria-disabled={formState.isSubmitting || undefined}>
        {formState.isSubmitting ? t('sheets.making') : t(kind === 'spare' ? 'spare.ask' : 'sheets.make')}
      </button>
      <p className="help">{t(kind === 'spare' ? 'spare.askHelp' : 'sheets.after')}</p>
      <RefusalNotice refused={refused} />
    </form>
  )
}

function roundIn({ rounds }: RoundList, cid: string): RoundView | undefined {
  return rounds.find((one) => one.cid === cid)
}
