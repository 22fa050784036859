import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { utf8 } from '#protocol/bytes'
import { isRecord, parseJson } from '#protocol/json'
import type { RoundView } from '#protocol/office'
import type { Release } from '#results/release'
import { Button } from '#ui/button.tsx'
import { ask } from '../ask.ts'
import { RefusalNotice } from '../refusal-notice.tsx'
import { useLoaded } from '../use-loaded.ts'
import { ScorecardView } from './scorecard-view.tsx'

/** Tables that an administrator kept after an opening; nothing when there are none. */
export function KeptResults({ round }: { round: RoundView }) {
  const { t } = useTranslation()
  const load = useCallback(
    () => ask<{ version: number; text: string }>(`/rounds/${round.cid}/papers/results`),
    [round.cid],
  )
  const { value, refused } = useLoaded(load)
  const release = value && value.text !== '' ? readRelease(value.text) : null
  if (!release) return <RefusalNotice refused={refused} />
  return (
    <section data-kept>
      <div className="row no-print">
        <Button kind="secondary" onClick={() => window.print()}>
          {t('results.print')}
        </Button>
      </div>
      <ScorecardView release={release} />
    </section>
  )
}

function readRelease(text: string): Release | null {
  const value = parseJson(utf8(text))
  return isRecord(value) && value.v === 2 && isRecord(value.instruments) ? (value as unknown as Release) : null
}
