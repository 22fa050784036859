import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { FormWords } from '#instruments/form-document'
import thRespond from '#locales/th/respond.json' with { type: 'json' }
import { FIRST_LANGUAGE, LANGUAGES, type Language } from '#protocol/language'
import { COMPOUNDS_KEPT } from './compounds.ts'

/** Pages whose words are files of their own: those of a respondent, of checking, of the counter, of comparing rounds. */
type Namespace = 'respond' | 'check' | 'counter' | 'witness' | 'report'

/** Words of the screens by language and namespace, a file each; those of the first screen in the first language are in the page. */
const WORDS = import.meta.glob<object>(
  ['../../../locales/*/{respond,check,counter,witness,report}.json', '!../../../locales/th/respond.json'],
  { import: 'default' },
)

/** Words of the questions by language and questionnaire, a file each. */
const FORM_WORDS = import.meta.glob<FormWords>('../../../locales/*/instruments/{iit,eit}-[0-9][0-9][0-9][0-9].json', {
  import: 'default',
})

/** Words of the respondent's app, starting in Thai as the page was prerendered. The questions' words follow. */
export function makeI18n(): i18n {
  const instance = i18next.createInstance()
  void instance
    .use(initReactI18next)
    .use(COMPOUNDS_KEPT)
    .init({
      resources: { th: { respond: thRespond } },
      lng: FIRST_LANGUAGE,
      fallbackLng: FIRST_LANGUAGE,
      defaultNS: 'respond',
      initAsync: false,
      interpolation: { escapeValue: false },
      returnNull: false,
      postProcess: COMPOUNDS_KEPT.name,
    })
  return instance
}

/**
 * Switches the language. Another than the first comes in files of its own, asked for as soon as the page runs and stored with
 * the rest of the app, so that switching works offline too. Rejects only when they were never reached.
 */
export async function switchLanguage(instance: i18n, language: Language): Promise<void> {
  await addWords(instance, language, 'respond')
  await instance.changeLanguage(language)
}

/** Adds the words of some pages in every language: it is changed with one tap, in the middle of them, offline too. */
export async function loadWords(instance: i18n, ...namespaces: readonly Namespace[]): Promise<void> {
  await Promise.all(
    LANGUAGES.flatMap((language) => namespaces.map((namespace) => addWords(instance, language, namespace))),
  )
}

/** The words of one questionnaire of this app, by language: all there are, because it can be changed in the middle of it, offline. */
export async function formWordsOf(form: string): Promise<Record<string, FormWords>> {
  const own = Object.entries(FORM_WORDS).filter(([path]) => path.endsWith(`/${form}.json`))
  const words = own.map(async ([path, load]) => {
    const [, language = ''] = /locales\/([^/]+)\//.exec(path) ?? []
    return [language, await load()] as const
  })
  return Object.fromEntries(await Promise.all(words))
}

/** Adds the words of a questionnaire, in place of what was there. */
export function addFormWords(instance: i18n, form: string, words: Readonly<Record<string, FormWords>>): void {
  for (const [language, own] of Object.entries(words)) instance.addResourceBundle(language, form, own, false, true)
}

async function addWords(instance: i18n, language: Language, namespace: Namespace): Promise<void> {
  if (instance.hasResourceBundle(language, namespace)) return
  const words = await WORDS[`../../../locales/${language}/${namespace}.json`]?.()
  if (words) instance.addResourceBundle(language, namespace, words)
}
