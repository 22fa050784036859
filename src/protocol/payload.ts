import { utf8 } from './bytes.ts'
import { canonicalJson, isRecord, parseJson } from './json.ts'
import type { Lane } from './lane.ts'
import { pad, unpad } from './sealed-box.ts'

/** What is sealed: nothing else leaves the device. The protocol carries answers as opaque numbers by id. */
export interface Payload {
  readonly v: 1
  /** Questionnaire id. */
  readonly form: string
  /** The lane, sealed too, so that it can be compared with where the response was found. */
  readonly part: Lane
  readonly answers: Readonly<Record<string, number>>
  /** Opening questions with coarse answers, e.g. type of contact. */
  readonly coarse: Readonly<Record<string, string>>
}

/** The bytes that are sealed: canonical JSON, padded to the campaign's one size. Throws when it does not fit. */
export function encodePayload(payload: Payload, size: number): Uint8Array {
  return pad(utf8(canonicalJson(payload)), size)
}

export type PayloadFault = 'bad-padding' | 'not-json' | 'wrong-shape'

/** Reads opened bytes. Never throws: whatever a stranger sealed is at worst a fault. */
export function decodePayload(padded: Uint8Array): Payload | PayloadFault {
  const text = unpad(padded)
  if (!text) return 'bad-padding'
  const value = parseJson(text)
  if (value === undefined) return 'not-json'
  return isPayload(value) ? value : 'wrong-shape'
}

function isPayload(value: unknown): value is Payload {
  if (!isRecord(value) || Object.keys(value).sort().join() !== 'answers,coarse,form,part,v') return false
  if (value.v !== 1 || typeof value.form !== 'string' || typeof value.part !== 'string') return false
  if (!isRecord(value.answers) || !isRecord(value.coarse)) return false
  const numbers = Object.values(value.answers).every((code) => Number.isInteger(code))
  return numbers && Object.values(value.coarse).every((choice) => typeof choice === 'string' && choice.length <= 40)
}
