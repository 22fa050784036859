import { useTranslation } from 'react-i18next'
import { isDemonstration, keySharesOf, type Manifest } from '#protocol/manifest'
import { Button } from '#ui/button.tsx'
import { Disclosure } from '#ui/disclosure.tsx'
import { Page } from '#ui/page.tsx'

interface CheckProps {
  /** Null when no slip was scanned on this phone yet. */
  readonly manifest: Manifest | null
  readonly onBack: () => void
}

const ALWAYS = ['airplane', 'number', 'bytes', 'size', 'receipt', 'slips'] as const

/** What depends on the round is said of a round that this phone knows, and of no other. */
function ofThisRound(manifest: Manifest | null): readonly ('named' | 'draw' | 'oneHolder' | 'holders')[] {
  if (!manifest) return []
  return [manifest.handout === 'named' ? 'named' : 'draw', isDemonstration(manifest) ? 'oneHolder' : 'holders']
}

/** In the order in which people doubt. */
const ASKED = ['boss', 'who', 'operator', 'signal', 'lost', 'borrowed', 'camera', 'otp'] as const

/** What only a round in earnest, and one whose slips were drawn, can answer so. */
const IN_EARNEST: readonly string[] = ['boss', 'operator']
const WHEN_DRAWN: readonly string[] = ['who']

function askedOf(manifest: Manifest | null): readonly (typeof ASKED)[number][] {
  const isEarnest = manifest !== null && !isDemonstration(manifest)
  const isDrawn = manifest?.handout === 'drawn'
  return ASKED.filter((one) => (isEarnest || !IN_EARNEST.includes(one)) && (isDrawn || !WHEN_DRAWN.includes(one)))
}

const NEVER = ['shoulder', 'altered', 'live', 'took', 'history', 'copies', 'typed', 'lab', 'unanimous'] as const

/** What anybody can check without trusting anybody, and what is never promised, equally plain. */
export function CheckPage({ manifest, onBack }: CheckProps) {
  const { t } = useTranslation('check')
  const { t: general } = useTranslation()
  const shares = manifest ? keySharesOf(manifest) : null
  return (
    <Page title={t('title')} pageKey="check">
      <section className="asked">
        <h2>{t('askedTitle')}</h2>
        {askedOf(manifest).map((question) => (
          <Disclosure key={question} summary={t(`asked.${question}.title`)}>
            <p>{t(`asked.${question}.text`)}</p>
          </Disclosure>
        ))}
      </section>
      <p className="lead">{t('lead')}</p>
      <ol className="checks">
        {[...ALWAYS, ...ofThisRound(manifest)].map((check) => (
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
