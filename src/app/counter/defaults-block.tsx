import { useTranslation } from 'react-i18next'
import type { Device } from '#device/device'
import type { TabletRecord } from '#device/store'
import { changeTablet } from '#device/tablet/tablet'
import type { Preferences } from '#i18n/preferences.ts'
import { Button } from '#ui/button.tsx'
import { beginning } from './use-greeting.ts'

interface DefaultsProps {
  readonly device: Device
  readonly tablet: TabletRecord
  /** As they are on the screen. */
  readonly preferences: Preferences
  readonly onSaved: () => Promise<void>
}

/** How every visitor is greeted: what the officer has chosen on this screen, kept with one tap. */
export function DefaultsBlock({ device, tablet, preferences, onSaved }: DefaultsProps) {
  const { t } = useTranslation('counter')
  const { t: general } = useTranslation()
  const inWords = ({ language, textSize, contrast }: Preferences) =>
    [t(`panel.greeting.${language}`), general(`bar.size${textSize}`), contrast ? general('bar.contrast') : null]
      .filter((word) => word !== null)
      .join(', ')
  const current = beginning(tablet.greeting)
  const { language, textSize, contrast = false } = preferences
  const save = () =>
    void changeTablet(device, (now) => ({ ...now, greeting: { language, textSize, contrast } })).then(onSaved)
  return (
    <div className="no-print" data-greeting={inWords(current)}>
      <p>{t('panel.greeting.now', { greeting: inWords(current) })}</p>
      {inWords(current) !== inWords(preferences) && (
        <Button kind="secondary" id="keep-greeting" onClick={save}>
          {t('panel.greeting.keep', { greeting: inWords(preferences) })}
        </Button>
      )}
    </div>
  )
}
