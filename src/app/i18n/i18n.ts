import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { FormWords } from '#instruments/form-document'
import thRespond from '#locales/th/respond.json' with { type: 'json' }

export type Language = 'th' | 'en'

/** Words of the questions by language and questionnaire, a file each. */
const FORM_WORDS = import.meta.glob<FormWords>('../../../locales/*/instruments/{iit,eit}-[0-9][0-9][0-9][0-9].json', {
  import: 'default',
})

/** Words of the respondent's app, starting in Thai as the page was prerendered. The questions' words follow. */
export function makeI18n(): i18n {
  const instance = i18next.createInstance()
  void instance.use(initReactI18next).init({
    resources: { th: { respond: thRespond } },
    lng: 'th',
    fallbackLng: 'th',
    defaultNS: 'respond',
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  return instance
}

/**
 * Switches the language. English comes in a file of its own, asked for as soon as the page runs and stored with the
 * rest of the app, so that switching works offline too. Rejects only when it was never reached.
 */
export async function switchLanguage(instance: i18n, language: Language): Promise<void> {
  if (language === 'en') await loadEnglish(instance)
  await instance.changeLanguage(language)
}

/** Adds the English words. */
export async function loadEnglish(instance: i18n): Promise<void> {
  if (instance.hasResourceBundle('en', 'respond')) return
  const { ENGLISH } = await import('./english.ts')
  addWords(instance, 'en', ENGLISH)
}

/** The words of one questionnaire of this app, by language: all there are, because it can be changed in the middle of it, offline. */
export async function formWordsOf(form: string): Promise<Record<string, FormWords>> {
  const own = Object.entries(FORM_WORDS).filter(([path]) => path.endsWith(`/${form}.json`))
  const words = own.map(async ([path, load]) => {
    const [, language = 'th'] = /locales\/([^/]+)\//.exec(path) ?? []
    return [language, await load()] as const
  })
  return Object.fromEntries(await Promise.all(words))
}

/** Adds the words of a questionnaire, in place of what was there. */
export function addFormWords(instance: i18n, form: string, words: Readonly<Record<string, FormWords>>): void {
  for (const [language, own] of Object.entries(words)) instance.addResourceBundle(language, form, own, false, true)
}

/** Adds the Thai words of the pages about checking. */
export async function loadThaiCheck(instance: i18n): Promise<void> {
  const { THAI_CHECK } = await import('./thai-check.ts')
  addWords(instance, 'th', THAI_CHECK)
}

/** Adds the words of the counter, in both languages: a tablet has them before its first visitor. */
export async function loadCounterWords(instance: i18n): Promise<void> {
  const [{ COUNTER_WORDS }] = await Promise.all([import('./counter-words.ts'), loadEnglish(instance)])
  addWords(instance, 'th', { counter: COUNTER_WORDS.th })
  addWords(instance, 'en', { counter: COUNTER_WORDS.en })
}

/** Adds the words of the page that compares rounds, in both languages. */
export async function loadWitnessWords(instance: i18n): Promise<void> {
  const [{ WITNESS_WORDS }] = await Promise.all([import('./witness-words.ts'), loadEnglish(instance)])
  addWords(instance, 'th', { witness: WITNESS_WORDS.th })
  addWords(instance, 'en', { witness: WITNESS_WORDS.en })
}

function addWords(instance: i18n, language: string, words: Readonly<Record<string, object>>): void {
  for (const [namespace, bundle] of Object.entries(words)) instance.addResourceBundle(language, namespace, bundle)
}
