import { lazy, Suspense, useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { bangkokDay } from '#protocol/day'
import { may, type RoundView } from '#protocol/office'
import { formsOfRound } from '#results/round-forms'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import { Emblem } from '../asking/emblem.tsx'
import { useWordsOf } from '../asking/learn.ts'
import { useOffice } from '../asking/office-context.ts'
import { hashOf, ROUND_PARTS, type RoundPart } from '../asking/place.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { agencyName, loadRounds, manifestOf, type PartProps } from '../asking/rounds.ts'
import { useLoaded } from '../asking/use-loaded.ts'
import { CheckNumber } from '../keys/check-number.tsx'
import { Rehearsal } from '../keys/rehearsal.tsx'
import { OitPart } from '../oit/oit-part.tsx'
import { OpenPart } from '../opening/open-part.tsx'
import { DraftActions } from './draft-actions.tsx'
import { SheetsPart } from './sheets-part.tsx'
import { TabletsPart } from './tablets-part.tsx'
import { WatchPart } from './watch-part.tsx'

/** Fetched when somebody goes there: it is as large as the other parts together. */
const MeasuresPart = lazy(() =>
  import('../measures/measures-part.tsx').then(({ MeasuresPart: part }) => ({ default: part })),
)

/** One round, in parts. */
export function RoundPage({ cid, part }: { cid: string; part: RoundPart }) {
  const { t, i18n } = useTranslation()
  const { value, refused, set } = useLoaded(loadRounds)
  const { openings } = useOffice()
  // what was opened can be looked at without a network
  const round = value ? value.rounds.find((one) => one.cid === cid) : openings.get(cid)?.round
  useWordsOf(round && manifestOf(round).instruments)
  const onRound = useCallback(
    (next: RoundView) =>
      value && set({ ...value, rounds: value.rounds.map((one) => (one.cid === next.cid ? next : one)) }),
    [value, set],
  )
  if (!round)
    return (
      <Page title={t('round.title')} pageKey={`round-${cid}`}>
        {refused ? <RefusalNotice refused={refused} /> : <Notice live>{value ? t('round.none') : t('asking')}</Notice>}
      </Page>
    )
  const { agency, emblem, fiscalYear } = manifestOf(round)
  return (
    <Page
      title={t('round.of', { year: fiscalYear })}
      eyebrow={
        <span className="owner">
          <Emblem emblem={emblem} /> {agencyName(agency, i18n.language)}
        </span>
      }
      pageKey={`round-${cid}-${part}`}
    >
      <p className="no-print">
        <span className={`state ${round.state}`}>{t(`state.${round.state}`)}</span> {t('rounds.checkNumber')}{' '}
        <strong>
          <CheckNumber round={round} />
        </strong>
      </p>
      <PartLinks cid={cid} part={part} round={round} />
      <Part part={part} round={round} today={value?.today ?? bangkokDay(Date.now())} onRound={onRound} />
    </Page>
  )
}

function PartLinks({ cid, part, round }: { cid: string; part: RoundPart; round: RoundView }) {
  const { t } = useTranslation()
  const hasTablets = round.lanes.some(({ lane }) => lane === 'eit-public' || lane === 'eit-survey')
  const parts = ROUND_PARTS.filter((one) => one !== 'tablets' || hasTablets)
  return (
    <nav className="parts no-print" aria-label={t('round.parts')}>
      {parts.map((one) => (
        <a key={one} href={hashOf({ at: 'round', cid, part: one })} aria-current={one === part ? 'page' : undefined}>
          {t(`round.part.${one}`)}
        </a>
      ))}
    </nav>
  )
}

function Part({ part, ...props }: PartProps & { part: RoundPart }) {
  const { t } = useTranslation()
  const { me } = useOffice()
  if (part === 'sheets') return <SheetsPart {...props} />
  if (part === 'tablets') return <TabletsPart {...props} />
  if (!formsOfRound(manifestOf(props.round)) && (part === 'oit' || part === 'open' || part === 'measures'))
    return <Notice kind="warning">{t('round.noInstruments')}</Notice>
  if (part === 'oit') return <OitPart {...props} />
  if (part === 'open') return <OpenPart {...props} />
  if (part === 'measures')
    return (
      <Suspense fallback={<Notice live>{t('asking')}</Notice>}>
        <MeasuresPart {...props} />
      </Suspense>
    )
  if (props.round.state !== 'draft') return <WatchPart {...props} />
  return (
    <>
      {may(me, 'open') && <Rehearsal round={props.round} />}
      {may(me, 'run') && <DraftActions round={props.round} />}
    </>
  )
}
