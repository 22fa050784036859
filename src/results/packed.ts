import { isLane, type Lane } from '#protocol/lane'
import { CONTACTS } from '#survey/contacts'
import type { Opened, Response, SpoiledReason } from './open-responses.ts'
import { questionnaire } from './questionnaires.ts'

/** One lane's responses as bytes: a code for each item of each response, in the questionnaire's order. */
export interface PackedLane {
  readonly lane: Lane
  /** Questionnaire id. */
  readonly form: string
  readonly codes: Uint8Array
  /** What each visitor came for: an index into `CONTACTS`, or `NO_CONTACT`. */
  readonly contacts: Uint8Array
}

/** What a worker hands back for some sealed rows: small, and quick to pass on. */
export interface PackedBatch {
  readonly lanes: readonly PackedLane[]
  readonly spoiled: readonly { readonly reason: SpoiledReason; readonly n: number }[]
}

const NO_CONTACT = 255

/** Packs opened responses. `forms` names the questionnaire of each lane. */
export function packBatch(opened: readonly Opened[], forms: Readonly<Partial<Record<Lane, string>>>): PackedBatch {
  const byLane = new Map<Lane, Response[]>()
  const spoiled = new Map<SpoiledReason, number>()
  for (const one of opened) {
    if ('spoiled' in one) spoiled.set(one.spoiled, (spoiled.get(one.spoiled) ?? 0) + 1)
    else byLane.set(one.response.lane, [...(byLane.get(one.response.lane) ?? []), one.response])
  }
  const lanes = [...byLane].flatMap(([lane, responses]) => {
    const form = forms[lane]
    return form ? [packLane(lane, form, responses)] : []
  })
  return { lanes, spoiled: [...spoiled].map(([reason, n]) => ({ reason, n })) }
}

function packLane(lane: Lane, form: string, responses: readonly Response[]): PackedLane {
  const { items } = questionnaire(form)
  const codes = new Uint8Array(responses.length * items.length)
  const contacts = new Uint8Array(responses.length)
  for (const [row, { answers, coarse }] of responses.entries()) {
    for (const [column, { id }] of items.entries()) codes[row * items.length + column] = answers[id] ?? 0
    const contact = (CONTACTS as readonly unknown[]).indexOf(coarse?.contact)
    contacts[row] = contact < 0 ? NO_CONTACT : contact
  }
  return { lane, form, codes, contacts }
}

/** How many responses a packed lane holds. */
export function packedCount({ contacts }: PackedLane): number {
  return contacts.length
}

/** One response of a packed lane. */
export function unpack({ lane, form, codes, contacts }: PackedLane, row: number): Response {
  const { items } = questionnaire(form)
  const start = row * items.length
  const answers = Object.fromEntries(items.map(({ id }, column) => [id, codes[start + column] ?? 0]))
  const contact = CONTACTS[contacts[row] ?? NO_CONTACT]
  return { lane, answers, coarse: contact === undefined ? {} : { contact } }
}

/** Several packed parts of one lane as one. */
export function joinLanes(parts: readonly PackedLane[]): PackedLane[] {
  const lanes = [...new Set(parts.map(({ lane }) => lane))].filter(isLane)
  return lanes.map((lane) => {
    const own = parts.filter((part) => part.lane === lane)
    return {
      lane,
      form: own[0]?.form ?? '',
      codes: joined(own.map(({ codes }) => codes)),
      contacts: joined(own.map(({ contacts }) => contacts)),
    }
  })
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
