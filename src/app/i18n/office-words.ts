import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import enAdmin from '#locales/en/admin.json' with { type: 'json' }
import enExport from '#locales/en/export.json' with { type: 'json' }
import enEit from '#locales/en/instruments/eit-2566.json' with { type: 'json' }
import enIit from '#locales/en/instruments/iit-2566.json' with { type: 'json' }
import enOit from '#locales/en/instruments/oit-2566.json' with { type: 'json' }
import enPrint from '#locales/en/print.json' with { type: 'json' }
import enRespond from '#locales/en/respond.json' with { type: 'json' }
import thAdmin from '#locales/th/admin.json' with { type: 'json' }
import thExport from '#locales/th/export.json' with { type: 'json' }
import thEit from '#locales/th/instruments/eit-2566.json' with { type: 'json' }
import thIit from '#locales/th/instruments/iit-2566.json' with { type: 'json' }
import thOit from '#locales/th/instruments/oit-2566.json' with { type: 'json' }
import thPrint from '#locales/th/print.json' with { type: 'json' }
import thRespond from '#locales/th/respond.json' with { type: 'json' }

/** All words of the survey team's room, in both languages, there before its first screen. */
export const OFFICE_WORDS = {
  th: {
    respond: thRespond,
    admin: thAdmin,
    export: thExport,
    print: thPrint,
    'iit-2566': thIit,
    'eit-2566': thEit,
    'oit-2566': thOit,
  },
  en: {
    respond: enRespond,
    admin: enAdmin,
    export: enExport,
    print: enPrint,
    'iit-2566': enIit,
    'eit-2566': enEit,
    'oit-2566': enOit,
  },
} as const

export function makeOfficeI18n(): i18n {
  const instance = i18next.createInstance()
  void instance.use(initReactI18next).init({
    resources: OFFICE_WORDS,
    lng: 'th',
    fallbackLng: 'th',
    defaultNS: 'admin',
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  return instance
}
