import { FIRST_LANGUAGE, type Language, languageOf } from '#protocol/language'

export type TextSize = 1 | 2 | 3

export interface Preferences {
  readonly language: Language
  readonly textSize: TextSize
  /** Offered where a device is shared; on one's own, the system's setting does it. */
  readonly contrast?: boolean
}

const KEY = 'prongsai.preferences'

const DEFAULT: Preferences = { language: FIRST_LANGUAGE, textSize: 1 }

/** Language and text size as last chosen on this device. Nothing about answers is ever kept here. */
export function readPreferences(): Preferences {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>
    return {
      language: languageOf(stored.language),
      textSize: ([1, 2, 3] as const).find((size) => size === stored.textSize) ?? 1,
    }
  } catch {
    return DEFAULT
  }
}

/** Keeps the choice; a browser that forbids it just asks again next time. */
export function writePreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences))
  } catch {
    // private mode: the choice lasts as long as the page
  }
}
