import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Greeting } from '#device/store'
import { switchLanguage } from '#i18n/i18n.ts'
import type { Preferences } from '#i18n/preferences.ts'
import { FIRST_LANGUAGE } from '#protocol/language'
import type { CounterStage } from './stage.ts'
import { useAway } from './use-away.ts'

/** A passer-by chose a language and went on. */
const FORGET_MS = 60_000

/** Language, text size and colours on the screen. What one visitor chose is not the next one's: between two the officer's choice returns. */
export function useGreeting(
  at: CounterStage['at'],
  greeting: Greeting | undefined,
): [Preferences, (preferences: Preferences) => void] {
  const { i18n } = useTranslation('counter')
  const [preferences, setPreferences] = useState<Preferences>(() => beginning(greeting))
  const between = at === 'attract' || at === 'empty'
  // by value: the record is read anew each minute, and somebody may have chosen a language meanwhile
  const { language, textSize, contrast } = beginning(greeting)
  const reset = useCallback(() => {
    const wanted = { language, textSize, contrast }
    setPreferences((now) => (JSON.stringify(now) === JSON.stringify(wanted) ? now : wanted))
  }, [language, textSize, contrast])
  useEffect(() => {
    if (between) reset()
  }, [between, reset])
  useAway(between ? FORGET_MS : null, reset)
  useEffect(() => {
    const { dataset } = document.documentElement
    dataset.text = String(preferences.textSize)
    dataset.contrast = preferences.contrast ? 'more' : 'normal'
    document.documentElement.lang = preferences.language
    void switchLanguage(i18n, preferences.language)
  }, [i18n, preferences])
  return [preferences, setPreferences]
}

/** How a visitor is greeted: as the officer chose, else as the device is set. */
export function beginning(greeting: Greeting | undefined): Required<Preferences> {
  return greeting ?? { language: FIRST_LANGUAGE, textSize: 1, contrast: matchMedia('(prefers-contrast: more)').matches }
}
