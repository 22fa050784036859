import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Lane } from '#protocol/lane'
import type { RoundView } from '#protocol/office'
import type { PartChoice, Release } from '#results/release'
import { ask, type Refused } from '../asking/ask.ts'
import { Confirm } from '../asking/confirm.tsx'
import { useOffice } from '../asking/office-context.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'

interface PartChoicesProps {
  readonly round: RoundView
  readonly release: Release
  readonly onRound: (round: RoundView) => void
}

/** Parts whose whole rows beside their breakdowns would tell whose a row is: one of the two leaves, chosen once for ever. */
export function PartChoices({ round, release, onRound }: PartChoicesProps) {
  const { t } = useTranslation()
  const { withProof } = useOffice()
  const [refused, setRefused] = useState<Refused | null>(null)
  const choose = async (lane: Lane, choice: PartChoice) => {
    const answer = await withProof(() => ask('POST /rounds/:cid/choose', { cid: round.cid, body: { lane, choice } }))
    setRefused('refused' in answer ? answer : null)
    if ('value' in answer) onRound(answer.value.round)
  }
  if (release.choices.length === 0) return null
  return (
    <section className="no-print" data-choices={release.choices.length}>
      <h2>{t('choices.title')}</h2>
      <p>{t('choices.why')}</p>
      {release.choices.map(({ lane, chosen }) => (
        <div key={lane} data-choice={`${lane}-${chosen ?? 'open'}`}>
          <h3>{t(`lane.${lane}`)}</h3>
          {chosen ? (
            <p>{t(`choices.chosen.${chosen}`)}</p>
          ) : (
            <div className="row">
              {(['breakdowns', 'rows'] as const).map((choice) => (
                <Confirm
                  key={choice}
                  id={`choose-${lane}-${choice}`}
                  label={t(`choices.choose.${choice}`)}
                  yes={t('choices.yes')}
                  onYes={() => choose(lane, choice)}
                >
                  <p>{t('choices.ask')}</p>
                </Confirm>
              ))}
            </div>
          )}
        </div>
      ))}
      <RefusalNotice refused={refused} />
    </section>
  )
}
