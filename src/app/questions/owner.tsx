import { useTranslation } from 'react-i18next'
import { type Language, languageOf } from '#protocol/language'
import type { Agency, Manifest } from '#protocol/manifest'
import { useEmblem } from './kept-emblem.ts'

/** A department's names in a language: in the first wherever there is no other. */
export function agencyNames(agency: Agency, language: string): Agency[Language] {
  return agency[languageOf(language)]
}

interface OwnerProps {
  readonly manifest: Manifest
  /** Which questions these are. */
  readonly what: string
}

/** Who asks, what, and about which year: stands above the title, because a page without an owner looks like a trap. */
export function Owner({ manifest: { agency, fiscalYear, emblem }, what }: OwnerProps) {
  const { t, i18n } = useTranslation()
  const picture = useEmblem(emblem)
  return (
    <span className="owner">
      {picture === 'looking' && <span className="emblem" />}
      {picture && picture !== 'looking' && <img className="emblem" src={picture} alt="" />}
      <span>
        <span className="agency">{agencyNames(agency, i18n.language).full}</span>
        <span className="asked">
          {/* a point begins no line */}
          {`${what}\u00a0· ${t('owner.year', { year: fiscalYear })}`}
        </span>
      </span>
    </span>
  )
}

/** Whom to ask, and how. */
export function WhomToAsk({ manifest: { enquiries } }: Pick<OwnerProps, 'manifest'>) {
  const { t } = useTranslation()
  return (
    <p className="small" data-enquiries>
      {t('owner.ask', enquiries)}
    </p>
  )
}
