import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoundView } from '#protocol/office'
import { numberOf } from '../asking/rounds.ts'

/** A round's check number, worked out here from the manifest's bytes: what the collector says of it is not asked. */
export function CheckNumber({ round }: { round: RoundView }) {
  const { t } = useTranslation()
  const number = useRoundNumber(round)
  return <span data-check-number>{number ?? t('rounds.numberComing')}</span>
}

function useRoundNumber(round: RoundView): string | null {
  const [known, setKnown] = useState<{ readonly manifest: string; readonly number: string } | null>(null)
  const { manifest } = round
  useEffect(() => {
    let current = true
    void numberOf({ manifest }).then((number) => current && number && setKnown({ manifest, number }))
    return () => {
      current = false
    }
  }, [manifest])
  return known?.manifest === manifest ? known.number : null
}
