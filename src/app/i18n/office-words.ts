import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { FORM_WORDS } from '#instruments/words'
import enAdmin from '#locales/en/admin.json' with { type: 'json' }
import enAuthoring from '#locales/en/authoring.json' with { type: 'json' }
import enExport from '#locales/en/export.json' with { type: 'json' }
import enPrint from '#locales/en/print.json' with { type: 'json' }
import enRespond from '#locales/en/respond.json' with { type: 'json' }
import thAdmin from '#locales/th/admin.json' with { type: 'json' }
import thAuthoring from '#locales/th/authoring.json' with { type: 'json' }
import thExport from '#locales/th/export.json' with { type: 'json' }
import thPrint from '#locales/th/print.json' with { type: 'json' }
import thRespond from '#locales/th/respond.json' with { type: 'json' }

/** All words of the survey team's room, in both languages, there before its first screen. */
export const OFFICE_WORDS = {
  th: {
    respond: thRespond,
    admin: thAdmin,
    authoring: thAuthoring,
    export: thExport,
    print: thPrint,
    ...FORM_WORDS.th,
  },
  en: {
    respond: enRespond,
    admin: enAdmin,
    authoring: enAuthoring,
    export: enExport,
    print: enPrint,
    ...FORM_WORDS.en,
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
