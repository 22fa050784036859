import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { fromBase64Url } from '#protocol/bytes'
import { compareEvidence, type Evidence } from '#protocol/evidence'
import { SIZES } from '#protocol/sizes'
import { useCheckNumber } from '#questions/use-check-number.ts'

/** The same round or not, so that nobody can misread it. */
export function Verdict({ one, other }: { one: Evidence; other: Evidence }) {
  const { t } = useTranslation('witness')
  const verdict = compareEvidence(one, other)
  return (
    <div className={`verdict ${verdict === 'same' ? 'good' : 'bad'}`} role="alert" data-verdict={verdict}>
      <p className="sign" aria-hidden="true">
        {verdict === 'same' ? '✓' : '✕'}
      </p>
      <p className="says">{t(`verdict.${verdict}.says`)}</p>
      <p>{t(`verdict.${verdict}.do`)}</p>
    </div>
  )
}

/** What was read: where it comes from, and its check number, which this device works out itself. */
export function Said({ evidence, place }: { evidence: Evidence; place: 'first' | 'second' }) {
  const { t } = useTranslation('witness')
  const mh = useMemo(() => fromBase64Url(evidence.mh, SIZES.manifestHash), [evidence.mh])
  const number = useCheckNumber(mh)
  return (
    <p className="evidence" data-evidence={evidence.kind}>
      <span>
        {t(`desk.${place}`)}: <strong>{t(`kind.${evidence.kind}`)}</strong>
      </span>
      <span className="number">{number ?? t('number.coming')}</span>
    </p>
  )
}
