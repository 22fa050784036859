import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoundView } from '#protocol/office'
import { roundForms } from '#results/round-forms'
import { Button } from '#ui/button.tsx'
import { ask } from '../asking/ask.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { manifestOf } from '../asking/rounds.ts'
import { useLoaded } from '../asking/use-loaded.ts'
import { BaselineChoice } from './baseline-choice.tsx'
import { readRelease } from './earlier-rounds.ts'
import { FindingsPart } from './findings-part.tsx'
import { ScorecardView } from './scorecard-view.tsx'
import { useBaseline } from './use-baseline.ts'
import { YearsTable } from './years-table.tsx'

/** Tables that an administrator kept after an opening; nothing when there are none. */
export function KeptResults({ round }: { round: RoundView }) {
  const { t } = useTranslation()
  const load = useCallback(
    () => ask('GET /rounds/:cid/papers/:paper', { cid: round.cid, paper: 'results' }),
    [round.cid],
  )
  const { value, refused } = useLoaded(load)
  const chosen = useBaseline(round.cid)
  const release = value && readRelease(value.text)
  const forms = roundForms(manifestOf(round))
  if (!release) return <RefusalNotice refused={refused} />
  return (
    <section data-kept>
      <div className="row no-print">
        <Button kind="secondary" onClick={() => window.print()}>
          {t('results.print')}
        </Button>
      </div>
      <BaselineChoice round={round} forms={forms} chosen={chosen} />
      <ScorecardView release={release} forms={forms} baseline={chosen.baseline}>
        <YearsTable round={round} release={release} forms={forms} />
      </ScorecardView>
      <FindingsPart release={release} forms={forms} baseline={chosen.baseline} />
    </section>
  )
}
