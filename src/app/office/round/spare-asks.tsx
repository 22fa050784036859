import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SpareAsked } from '#protocol/office'
import { Button } from '#ui/button.tsx'
import type { Refused } from '../asking/ask.ts'
import { useOffice } from '../asking/office-context.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { loadRounds, type PartProps, unitName } from '../asking/rounds.ts'
import { useOnce } from '../asking/use-once.ts'
import { printSlips } from './print-slips.ts'

/** Spare slips that a colleague asked for: slips beyond the people, so a second administrator prints them. */
export function SpareAsks({ round, onRound }: Pick<PartProps, 'round' | 'onRound'>) {
  const { t } = useTranslation()
  const { me, withProof } = useOffice()
  const [refused, setRefused] = useState<Refused | null>(null)
  const print = useOnce(async ({ lane, count, unit }: SpareAsked) => {
    const answer = await withProof(() => printSlips(round, { lane, kind: 'spare', count, unit }))
    setRefused('refused' in answer ? answer : null)
    const again = 'value' in answer ? await loadRounds() : null
    const fresh = again && 'value' in again ? again.value.rounds.find(({ cid }) => cid === round.cid) : undefined
    if (fresh) onRound(fresh)
  })
  if (round.spareAsked.length === 0) return null
  return (
    <>
      <ul className="cards">
        {round.spareAsked.map((asked) => (
          <li key={`${asked.lane}-${asked.unit}-${asked.count}`} className="card" data-spare-asked={asked.count}>
            <span>
              {t(`lane.${asked.lane}`)} · {unitName(round, asked.unit)}{' '}
              {t('spare.asked', { by: asked.by, count: asked.count })}
            </span>
            {asked.by === me.name ? (
              <span className="small">{t('spare.waits')}</span>
            ) : (
              <Button kind="secondary" onClick={() => void print(asked)}>
                {t('spare.print')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <RefusalNotice refused={refused} />
    </>
  )
}
