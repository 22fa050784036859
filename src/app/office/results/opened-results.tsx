import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { may, type RoundView } from '#protocol/office'
import { roundForms } from '#results/round-forms'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { ask, type Refused } from '../asking/ask.ts'
import { Confirm } from '../asking/confirm.tsx'
import { useOffice } from '../asking/office-context.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { manifestOf } from '../asking/rounds.ts'
import { useLeaveWarning } from '../asking/use-leave-warning.ts'
import { useLoaded } from '../asking/use-loaded.ts'
import { loadOit, oitAnswersOf } from '../oit/oit-paper.ts'
import type { BoxOpening } from '../opening/box-opening.ts'
import { Exports } from './exports.tsx'
import { PartChoices } from './part-choices.tsx'
import { ResultTables } from './result-tables.tsx'

interface OpenedResultsProps {
  readonly round: RoundView
  readonly box: BoxOpening
  readonly onRound: (round: RoundView) => void
  readonly onForget: () => void
}

/** What came out of an opened box: the scorecard, files, and keeping its tables for the team. */
export function OpenedResults({ round, box, onRound, onForget }: OpenedResultsProps) {
  const { t } = useTranslation()
  const { me } = useOffice()
  const load = useCallback(() => loadOit(round.cid), [round.cid])
  const oit = useLoaded(load)
  useLeaveWarning(true)
  const ticks = oit.value?.ticks ?? box.oit
  const forms = useMemo(() => roundForms(manifestOf(round)), [round])
  const answers = useMemo(() => oitAnswersOf(ticks ?? {}, forms.oit), [ticks, forms])
  const { choices } = round
  const release = useMemo(() => box.opening.release(answers, choices), [box, answers, choices])
  return (
    <section data-results={box.opening.counted}>
      <Notice kind="good" live>
        {t('results.opened', { count: box.opening.counted })}
      </Notice>
      <p className="small" data-box-hash={box.boxHash}>
        {t('results.boxHash', { hash: box.boxHash.match(/.{1,4}/g)?.join(' ') ?? '' })}
      </p>
      {!answers && <Notice>{t(ticks ? 'results.noOit' : 'results.oitUnknown')}</Notice>}
      <PartChoices round={round} release={release} onRound={onRound} />
      <div className="no-print">
        <Exports round={round} box={box} release={release} forms={forms} />
        {may(me, 'run') && (
          <div className="row">
            <KeepTables round={round} text={JSON.stringify(release)} />
          </div>
        )}
        <Confirm id="forget" label={t('results.forget')} yes={t('results.forgetYes')} onYes={onForget}>
          <p>{t('results.forgetAsk')}</p>
        </Confirm>
      </div>
      <ResultTables round={round} release={release} forms={forms} />
    </section>
  )
}

/** The tables, never the responses, kept for whoever has an account: everybody sees the same. */
function KeepTables({ round, text }: { round: RoundView; text: string }) {
  const { t } = useTranslation()
  const { withProof } = useOffice()
  const paper = useMemo(() => ({ cid: round.cid, paper: 'results' }) as const, [round.cid])
  // the version of this page: a colleague's tables kept since then are not written over unseen
  const load = useCallback(() => ask('GET /rounds/:cid/papers/:paper', paper), [paper])
  const { value, set, reload } = useLoaded(load)
  const [kept, setKept] = useState(false)
  const [refused, setRefused] = useState<Refused | null>(null)
  const keep = async () => {
    const body = { version: value?.version ?? 0, text }
    const answer = await withProof(() => ask('PUT /rounds/:cid/papers/:paper', { ...paper, body }))
    setRefused('refused' in answer ? answer : null)
    setKept('value' in answer)
    if ('value' in answer) set({ ...body, ...answer.value })
    else reload()
  }
  return (
    <>
      <Button id="keep-tables" kind="secondary" onClick={() => void keep()}>
        {kept ? t('results.kept') : t('results.keep')}
      </Button>
      <RefusalNotice refused={refused} />
    </>
  )
}
