import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Greeting } from '#device/store'
import { switchLanguage } from '#i18n/i18n.ts'
import type { Preferences } from '#i18n/preferences.ts'
import type { CounterStage } from './stage.ts'

/** Language, text size and colours on the screen. What one visitor chose is not the next one's: between two the officer's choice returns. */
export function useGreeting(
  at: CounterStage['at'],
  greeting: Greeting | undefined,
): [Preferences, (preferences: Preferences) => void] {
  const { i18n } = useTranslation('counter')
  const [preferences, setPreferences] = useState<Preferences>(() => beginning(greeting))
  useEffect(() => {
    if (at === 'attract' || at === 'empty') setPreferences(beginning(greeting))
  }, [at, greeting])
  useEffect(() => {
    const { dataset } = document.documentElement
    dataset.text = String(preferences.textSize)
    dataset.contrast = preferences.contrast ? 'more' : 'normal'
    document.documentElement.lang = preferences.language
    void switchLanguage(i18n, preferences.language)
  }, [i18n, preferences])
  return [preferences, setPreferences]
}

function beginning(greeting: Greeting | undefined): Preferences {
  return greeting ?? { language: 'th', textSize: 1, contrast: matchMedia('(prefers-contrast: more)').matches }
}
