import { useTranslation } from 'react-i18next'
import type { Campaign } from '#protocol/manifest'
import { useCheckNumber } from '#questions/use-check-number.ts'

interface CheckNumberProps {
  readonly campaign: Campaign | null
  /** Lets go first, ms, what somebody waits for more. */
  readonly afterMs: number
}

/** The number that everybody compares: worked out while something else is read. */
export function CheckNumber({ campaign, afterMs }: CheckNumberProps) {
  const { t } = useTranslation()
  const number = useCheckNumber(campaign?.mh ?? null, afterMs)
  const coming = t(campaign ? 'welcome.checkNumberDeriving' : 'welcome.checkNumberComing')
  return (
    <div className="check-number">
      <p className="label">{t('welcome.checkNumber')}</p>
      <p className="number" data-check-number={number ?? ''}>
        {number ?? <span className="coming">{coming}</span>}
      </p>
      <p className="help">{t('welcome.checkNumberHelp')}</p>
    </div>
  )
}
