import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { yearOf } from '#instruments/years'
import { type LaneView, may, type RoundView } from '#protocol/office'
import { Notice } from '#ui/notice.tsx'
import { type Answer, ask, type Refused } from '../asking/ask.ts'
import { Confirm } from '../asking/confirm.tsx'
import { dayInWords } from '../asking/days.ts'
import { useOffice } from '../asking/office-context.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import type { PartProps } from '../asking/rounds.ts'
import { manifestOf, unitName } from '../asking/rounds.ts'
import { WitnessStep } from '../keys/witness-step.tsx'
import { ClosingSheet } from './closing-sheet.tsx'
import { ProgressBar } from './progress-bar.tsx'
import { daysOf, progressOf } from './projection.ts'
import { TabletTable } from './tablet-table.tsx'

/** Counts, by fives while people answer, and never a score. */
export function WatchPart({ round, today, onRound }: PartProps) {
  const { t, i18n } = useTranslation()
  const { me } = useOffice()
  const { answerWindow } = manifestOf(round)
  const { left } = daysOf(answerWindow, today)
  const isClosed = round.state === 'answers-closed' || round.state === 'opened'
  return (
    <>
      {isClosed ? (
        <>
          <Notice kind="good">{t('watch.closed')}</Notice>
          <ClosingSheet round={round} onRound={onRound} />
          <WitnessStep round={round} when="closing" />
        </>
      ) : (
        <p className="lead" data-days-left={left}>
          {t('watch.until', { day: dayInWords(answerWindow.to, i18n.language), count: left })}
        </p>
      )}
      {round.lanes.map((lane) => (
        <LaneBlock key={lane.lane} lane={lane} round={round} today={today} isClosed={isClosed} />
      ))}
      {!isClosed && <p className="small">{t('watch.byFives')}</p>}
      {round.tablets.length > 0 && (
        <section>
          <h2>{t('watch.tablets')}</h2>
          <TabletTable round={round} />
        </section>
      )}
      {may(me, 'run') && !isClosed && <Ending round={round} today={today} onRound={onRound} />}
    </>
  )
}

interface LaneBlockProps {
  readonly lane: LaneView
  readonly round: RoundView
  readonly today: string
  readonly isClosed: boolean
}

function LaneBlock({ lane, round, today, isClosed }: LaneBlockProps) {
  const { t } = useTranslation()
  const manifest = manifestOf(round)
  const { delivered, required, eligible, projected } = progressOf(lane, manifest.answerWindow, {
    today,
    sample: yearOf(manifest.instruments.id, manifest.instruments.hash)?.sample[lane.lane],
  })
  const isPoster = lane.lane === 'eit-open'
  return (
    <section className="lane" data-lane={lane.lane} data-delivered={delivered}>
      <h2>{t(`lane.${lane.lane}`)}</h2>
      <p className="big">
        {isClosed || delivered === 0
          ? t('watch.delivered', { count: delivered })
          : t('watch.atLeast', { count: delivered })}
      </p>
      {isPoster ? (
        <p>{t('watch.apart')}</p>
      ) : (
        <>
          <ProgressBar delivered={delivered} required={required} eligible={eligible} />
          <p>
            {delivered >= required
              ? t('watch.enough', { required, eligible })
              : t('watch.missing', { count: required - delivered, required, eligible })}
          </p>
          {!isClosed && projected !== null && delivered > 0 && (
            <p className="small">
              {projected >= required
                ? t('watch.projectedEnough', { count: projected })
                : t('watch.projectedShort', { count: projected, required })}
            </p>
          )}
        </>
      )}
      {lane.printings.length > 0 && (
        <ul className="small">
          {lane.printings.map(({ batch, kind, printed, exchanged, voided, unit }) => (
            <li key={batch} data-exchanged={exchanged}>
              {unitName(round, unit)}{' '}
              {t(voided ? 'watch.voided' : `watch.printing.${kind}`, { batch, printed, exchanged })}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Ending({ round, today, onRound }: PartProps) {
  const { t } = useTranslation()
  const { withProof } = useOffice()
  const [refused, setRefused] = useState<Refused | null>(null)
  const [why, setWhy] = useState('')
  const { closesOn } = manifestOf(round)
  const early = today <= closesOn
  const act = async (asking: () => Promise<Answer<{ readonly round: RoundView }>>) => {
    const answer = await withProof(asking)
    setRefused('refused' in answer ? answer : null)
    if ('value' in answer) onRound(answer.value.round)
  }
  return (
    <section>
      <h2>{t('ending.title')}</h2>
      {round.state === 'open' && (
        <div className="row">
          <Confirm
            id="end-issue"
            label={t('ending.issue')}
            yes={t('ending.issueYes')}
            onYes={() => act(() => ask('POST /rounds/:cid/end-issue', { cid: round.cid }))}
          >
            <p>{t('ending.issueAsk')}</p>
          </Confirm>
        </div>
      )}
      <Confirm
        id="close-round"
        label={t('ending.close')}
        yes={t('ending.closeYes')}
        onYes={() => act(() => ask('POST /rounds/:cid/close', { cid: round.cid, body: { why } }))}
      >
        <p>{t('ending.closeAsk')}</p>
        {early && (
          <div className="field">
            <label htmlFor="why">{t('ending.why')}</label>
            <input id="why" value={why} maxLength={300} onChange={(event) => setWhy(event.target.value)} />
          </div>
        )}
      </Confirm>
      <RefusalNotice refused={refused} />
    </section>
  )
}
