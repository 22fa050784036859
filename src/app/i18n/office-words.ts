import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { FORM_WORDS } from '#instruments/words'
import type authoring from '#locales/th/authoring.json'
import documents from '#locales/th/documents.json' with { type: 'json' }
import type exported from '#locales/th/export.json'
import draft from '#locales/th/findings.json' with { type: 'json' }
import { FIRST_LANGUAGE, LANGUAGES, type Language } from '#protocol/language'

/** All words of the survey team's room by language and namespace, there before its first screen. */
const WORDS = import.meta.glob<object>('../../../locales/*/{respond,office,authoring,export,print}.json', {
  eager: true,
  import: 'default',
})

function namespacesOf(language: Language): Record<string, object> {
  const own = Object.entries(WORDS).flatMap(([path, words]) => {
    const [, of, namespace = ''] = /locales\/([^/]+)\/(\w+)\.json$/.exec(path) ?? []
    return of === language ? [[namespace, words] as const] : []
  })
  return { ...Object.fromEntries(own), ...FORM_WORDS[language] }
}

const RESOURCES = Object.fromEntries(LANGUAGES.map((language) => [language, namespacesOf(language)]))

/** Headings of sheets in a language. */
export function authoringWords(language: Language): typeof authoring {
  return RESOURCES[language]?.authoring as typeof authoring
}

/** Frames of official paragraphs: such documents are Thai, whatever the screen's language is. */
export const DRAFT_WORDS = draft

/** Words of the documents themselves. */
export const DOCUMENT_WORDS = documents

/** Words of written files in a language. */
export function exportWords(language: Language): typeof exported {
  return RESOURCES[language]?.export as typeof exported
}

export function makeOfficeI18n(): i18n {
  const instance = i18next.createInstance()
  void instance.use(initReactI18next).init({
    resources: RESOURCES as Record<string, Record<string, Record<string, unknown>>>,
    lng: FIRST_LANGUAGE,
    fallbackLng: FIRST_LANGUAGE,
    defaultNS: 'office',
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  return instance
}
