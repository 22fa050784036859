import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoundView } from '#protocol/office'
import { readRelease } from '#results/read-release'
import { roundForms } from '#results/round-forms'
import { Button } from '#ui/button.tsx'
import { ask } from '../asking/ask.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { manifestOf } from '../asking/rounds.ts'
import { useLoaded } from '../asking/use-loaded.ts'
import { ResultTables } from './result-tables.tsx'

/** Tables that an administrator kept after an opening; nothing when there are none. */
export function KeptResults({ round }: { round: RoundView }) {
  const { t } = useTranslation()
  const load = useCallback(
    () => ask('GET /rounds/:cid/papers/:paper', { cid: round.cid, paper: 'results' }),
    [round.cid],
  )
  const { value, refused } = useLoaded(load)
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
      <ResultTables round={round} release={release} forms={forms} />
    </section>
  )
}
