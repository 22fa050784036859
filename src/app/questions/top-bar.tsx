import { useTranslation } from 'react-i18next'
import type { Preferences, TextSize } from '#i18n/preferences.ts'
import { languageOf, nextLanguage } from '#protocol/language'

interface TopBarProps {
  readonly preferences: Preferences
  readonly onChange: (preferences: Preferences) => void
  /** Where a device is shared its own settings are out of reach: black on white, one tap away too. */
  readonly withContrast?: boolean
}

const SIZES: readonly TextSize[] = [1, 2, 3]

/** Language and text size, one tap away on every screen. */
export function TopBar({ preferences, onChange, withContrast = false }: TopBarProps) {
  // whatever else the page is about
  const { t, i18n } = useTranslation('respond')
  const otherLanguage = nextLanguage(languageOf(i18n.language))
  return (
    <header className="top-bar">
      <button type="button" className="skip" onClick={skipToContent}>
        {t('app.skip')}
      </button>
      <span className="brand">{t('app.name')}</span>
      <div className="tools">
        <fieldset className="sizes" aria-label={t('bar.textSize')}>
          {SIZES.map((size) => (
            <button
              key={size}
              type="button"
              className={`size size-${size}`}
              aria-label={t(`bar.size${size}`)}
              aria-pressed={preferences.textSize === size}
              onClick={() => onChange({ ...preferences, textSize: size })}
            >
              <span aria-hidden="true">ก</span>
            </button>
          ))}
        </fieldset>
        {withContrast && (
          <button
            type="button"
            className="size contrast"
            aria-label={t('bar.contrast')}
            aria-pressed={preferences.contrast === true}
            onClick={() => onChange({ ...preferences, contrast: preferences.contrast !== true })}
          >
            <span aria-hidden="true">◐</span>
          </button>
        )}
        <button
          type="button"
          className="language"
          lang={otherLanguage}
          onClick={() => onChange({ ...preferences, language: otherLanguage })}
        >
          {t('bar.language')}
        </button>
      </div>
    </header>
  )
}

/** Moves the focus without a fragment: fragments are for slips, and each one would be a step in the history. */
function skipToContent(): void {
  document.querySelector<HTMLElement>('#content h1')?.focus()
}
