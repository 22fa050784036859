import * as v from 'valibot'
import { base64UrlLength, fromBase64Url } from './bytes.ts'

/** What a schema describes, read-only through and through: the type and the guard come from one place. */
export type Described<S extends v.GenericSchema> = Frozen<v.InferOutput<S>>

type Frozen<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer U)[]
    ? readonly Frozen<U>[]
    : { readonly [K in keyof T]: Frozen<T[K]> }

/** Whether a value is exactly what a schema describes: unknown members are refused, too. */
export function isDescribed<S extends v.GenericSchema>(schema: S, value: unknown): value is Described<S> {
  return v.is(schema, value)
}

/** base64url of exactly so many bytes, without padding or stray bits. */
export const bytesText = (bytes: number) =>
  v.pipe(
    v.string(),
    v.length(base64UrlLength(bytes)),
    v.regex(/^[A-Za-z0-9_-]*$/),
    v.check((text) => fromBase64Url(text, bytes) !== null),
  )

/** A whole number from `least` to `most`. */
export const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))

/** A day of the calendar, e.g. `2026-12-01`. */
export const DAY = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/), v.check(isDay))

/**
 * Words that people read and compare: a name, a title. Not empty, at most so many characters, without spaces around them
 * and without characters that nobody sees or that turn the direction of writing: two names that look alike must be alike.
 */
export const words = (most: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(most), v.check(areVisible))

/** Two strokes that look like one letter: SARA E twice for SARA AE, and SARA AM in two parts. Unicode's normal forms keep them. */
const LOOKALIKES: readonly (readonly [RegExp, string])[] = [
  [/\u0E40\u0E40/gu, '\u0E41'],
  [/\u0E4D([\u0E48-\u0E4B]?)\u0E32/gu, '$1\u0E33'],
]

function withoutLookalikes(text: string): string {
  return LOOKALIKES.reduce((left, [pattern, letter]) => left.replace(pattern, letter), text)
}

/** Words as somebody typed them, made comparable: one normal form, no spaces around, no invisible characters, no look-alikes. */
export function tidyWords(typed: string): string {
  return withoutLookalikes(typed.normalize('NFC'))
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
}

function areVisible(text: string): boolean {
  return (
    !/\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}/u.test(text) &&
    withoutLookalikes(text.normalize('NFC')) === text &&
    text.trim() === text
  )
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
