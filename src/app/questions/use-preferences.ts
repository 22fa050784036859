import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { switchLanguage } from '#i18n/i18n.ts'
import { type Preferences, readPreferences, writePreferences } from '#i18n/preferences.ts'
import { FIRST_LANGUAGE } from '#protocol/language'
import { nameProgram } from '#ui/page.tsx'

/** Language and text size: applied to the document with its title, kept on the device. Starts as the page was prerendered. */
export function usePreferences(title: string): [Preferences, (preferences: Preferences) => void] {
  const { i18n } = useTranslation()
  const shown = i18n.language
  const [preferences, setPreferences] = useState<Preferences>({ language: FIRST_LANGUAGE, textSize: 1 })
  useEffect(() => setPreferences(readPreferences()), [])
  useEffect(() => {
    document.documentElement.dataset.text = String(preferences.textSize)
    // unreachable English leaves the page in Thai; the next tap tries again
    void switchLanguage(i18n, preferences.language).catch(() => undefined)
  }, [i18n, preferences])
  useEffect(() => {
    document.documentElement.lang = shown
    nameProgram(title)
  }, [shown, title])
  const change = (next: Preferences) => {
    writePreferences(next)
    setPreferences(next)
  }
  return [preferences, change]
}
