import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import enEit from '#locales/en/eit-2566.json' with { type: 'json' }
import enIit from '#locales/en/iit-2566.json' with { type: 'json' }
import enRespond from '#locales/en/respond.json' with { type: 'json' }
import thEit from '#locales/th/eit-2566.json' with { type: 'json' }
import thIit from '#locales/th/iit-2566.json' with { type: 'json' }
import thRespond from '#locales/th/respond.json' with { type: 'json' }

export type Language = 'th' | 'en'

const resources = {
  th: { respond: thRespond, 'iit-2566': thIit, 'eit-2566': thEit },
  en: { respond: enRespond, 'iit-2566': enIit, 'eit-2566': enEit },
} as const

/** All words, both languages, in memory: switching works offline and at once. Starts in Thai, as the page was prerendered. */
export function makeI18n(): i18n {
  const instance = i18next.createInstance()
  void instance.use(initReactI18next).init({
    resources,
    lng: 'th',
    fallbackLng: 'th',
    defaultNS: 'respond',
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  return instance
}
