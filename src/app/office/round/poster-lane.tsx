import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoundView } from '#protocol/office'
import { Button } from '#ui/button.tsx'
import { ask, type Refused } from '../asking/ask.ts'
import { useOffice } from '../asking/office-context.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'

interface PosterLaneProps {
  readonly round: RoundView
  readonly onRound: (round: RoundView) => void
}

/** The poster's lane: so many a day, or off. */
export function PosterLane({ round, onRound }: PosterLaneProps) {
  const { t } = useTranslation()
  const { withProof } = useOffice()
  const open = round.lanes.find(({ lane }) => lane === 'eit-open')?.open
  const [perDay, setPerDay] = useState(String(open?.perDay || 100))
  const [refused, setRefused] = useState<Refused | null>(null)
  if (!open) return null
  const set = async (count: number) => {
    const answer = await withProof(() =>
      ask('POST /rounds/:cid/poster-lane', { cid: round.cid, body: { perDay: count } }),
    )
    setRefused('refused' in answer ? answer : null)
    if ('value' in answer) onRound(answer.value.round)
  }
  const wanted = Number(perDay)
  const right = Number.isInteger(wanted) && wanted >= 1 && wanted <= 100_000
  return (
    <section data-poster-lane={open.isOn ? 'on' : 'off'}>
      <h2>{t('posterLane.title')}</h2>
      <p>{open.isOn ? t('posterLane.on', { count: open.perDay, given: open.given }) : t('posterLane.off')}</p>
      <div className="field">
        <label htmlFor="per-day">{t('posterLane.perDay')}</label>
        <input id="per-day" type="number" min={1} value={perDay} onChange={(event) => setPerDay(event.target.value)} />
      </div>
      <div className="row">
        <Button kind="secondary" blocked={!right} onClick={() => void set(wanted)}>
          {open.isOn ? t('posterLane.change') : t('posterLane.switchOn')}
        </Button>
        {open.isOn && (
          <Button kind="secondary" onClick={() => void set(0)}>
            {t('posterLane.switchOff')}
          </Button>
        )}
      </div>
      <RefusalNotice refused={refused} />
    </section>
  )
}
