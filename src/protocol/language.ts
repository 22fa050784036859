/** Languages of the product, each a folder of `locales/`, in the order in which screens offer them. Every text is there in the first. */
export const LANGUAGES = ['th', 'en'] as const

export type Language = (typeof LANGUAGES)[number]

/** The language of everybody who has not chosen another. */
export const FIRST_LANGUAGE: Language = LANGUAGES[0]

/** How `Intl` writes days and numbers: in Thai with the Buddhist year. */
export const INTL_LOCALES = { th: 'th-TH-u-ca-buddhist', en: 'en-GB' } as const satisfies Readonly<
  Record<Language, string>
>

/** The language that a tag names; the first where there is no such language. */
export function languageOf(tag: unknown): Language {
  return LANGUAGES.find((language) => language === tag) ?? FIRST_LANGUAGE
}

/** The one that is offered beside a language: the next, and after the last the first again. */
export function nextLanguage(language: Language): Language {
  return LANGUAGES[(LANGUAGES.indexOf(language) + 1) % LANGUAGES.length] ?? FIRST_LANGUAGE
}
