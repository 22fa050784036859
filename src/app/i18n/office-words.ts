import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { FORM_WORDS } from '#instruments/words'
import enAuthoring from '#locales/en/authoring.json' with { type: 'json' }
import enExport from '#locales/en/export.json' with { type: 'json' }
import enOffice from '#locales/en/office.json' with { type: 'json' }
import enPrint from '#locales/en/print.json' with { type: 'json' }
import enRespond from '#locales/en/respond.json' with { type: 'json' }
import thAuthoring from '#locales/th/authoring.json' with { type: 'json' }
import thExport from '#locales/th/export.json' with { type: 'json' }
import thOffice from '#locales/th/office.json' with { type: 'json' }
import thPrint from '#locales/th/print.json' with { type: 'json' }
import thRespond from '#locales/th/respond.json' with { type: 'json' }

/** All words of the survey team's room, in both languages, there before its first screen. */
export const OFFICE_WORDS = {
  th: {
    respond: thRespond,
    office: thOffice,
    authoring: thAuthoring,
    export: thExport,
    print: thPrint,
    ...FORM_WORDS.th,
  },
  en: {
    respond: enRespond,
    office: enOffice,
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
    defaultNS: 'office',
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  return instance
}
