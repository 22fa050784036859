import { useTranslation } from 'react-i18next'
import { keySharesOf, type Manifest } from '#protocol/manifest'
import { Button } from '#ui/button.tsx'
import { Page } from '#ui/page.tsx'

interface CheckProps {
  /** Null when no slip was scanned on this phone yet. */
  readonly manifest: Manifest | null
  readonly onBack: () => void
}

const ALWAYS = ['airplane', 'number', 'bytes', 'size', 'receipt', 'slips'] as const

const NEVER = ['shoulder', 'altered', 'live', 'took', 'copies', 'typed', 'lab', 'unanimous'] as const

/** What anybody can check without trusting anybody, and what is never promised, equally plain. */
export function CheckPage({ manifest, onBack }: CheckProps) {
  const { t } = useTranslation('check')
  const { t: general } = useTranslation()
  const shares = manifest ? keySharesOf(manifest) : { shares: 3, threshold: 2 }
  const handout = manifest?.handout === 'named' ? 'named' : 'draw'
  const holders = shares.threshold < 2 ? 'oneHolder' : 'holders'
  return (
    <Page title={t('title')} pageKey="check">
      <p className="lead">{t('lead')}</p>
      <ol className="checks">
        {[...ALWAYS, handout, holders].map((check) => (
          <li key={check}>
            <h2>{t(`do.${check}.title`, { ...shares })}</h2>
            <p>{t(`do.${check}.text`)}</p>
          </li>
        ))}
      </ol>
      <section className="never">
        <h2>{t('neverTitle')}</h2>
        <p>{t('neverLead')}</p>
        <ul>
          {NEVER.map((what) => (
            <li key={what}>{t(`never.${what}`)}</li>
          ))}
        </ul>
      </section>
      <Button kind="secondary" onClick={onBack}>
        {general('more.back')}
      </Button>
    </Page>
  )
}
