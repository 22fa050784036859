import { isLane, type Lane } from '#protocol/lane'
import type { Manifest } from '#protocol/manifest'
import type { Questionnaire } from '#survey/questionnaire'
import { BREAKDOWNS, type BreakdownBy, groupsOf, type RoundGroups } from './groups.ts'
import type { Opened, Response, SpoiledReason } from './open-responses.ts'
import { roundForms } from './round-forms.ts'

/** One lane's responses as bytes: a code for each item of each response, in the questionnaire's order. */
export interface PackedLane {
  readonly lane: Lane
  readonly form: Questionnaire
  readonly codes: Uint8Array
  /** The name of each response's inner ticket, `TICKET_BYTES` each. */
  readonly tickets: Uint8Array
  /** The group of each response in each breakdown: its place in the round's list, or `NO_GROUP`. */
  readonly groups: Readonly<Record<BreakdownBy, Uint8Array>>
}

/** What a worker hands back for some sealed rows: small, and quick to pass on. */
export interface PackedBatch {
  readonly lanes: readonly PackedLane[]
  readonly spoiled: readonly { readonly reason: SpoiledReason; readonly n: number }[]
}

const NO_GROUP = 255

/** Bytes of a ticket's name that are kept while counting: more than enough to tell two apart. */
const TICKET_BYTES = 16

/** Packs opened responses of a round. */
export function packBatch(opened: readonly Opened[], manifest: Manifest): PackedBatch {
  const [forms, known] = [roundForms(manifest).lanes, groupsOf(manifest)]
  const byLane = new Map<Lane, Counted[]>()
  const spoiled = new Map<SpoiledReason, number>()
  for (const one of opened) {
    if ('spoiled' in one) spoiled.set(one.spoiled, (spoiled.get(one.spoiled) ?? 0) + 1)
    else {
      const own = byLane.get(one.response.lane) ?? []
      own.push(one)
      byLane.set(one.response.lane, own)
    }
  }
  const lanes = [...byLane].flatMap(([lane, counted]) => {
    const form = forms[lane]
    return form ? [packLane(lane, form, counted, known)] : []
  })
  return { lanes, spoiled: [...spoiled].map(([reason, n]) => ({ reason, n })) }
}

type Counted = Extract<Opened, { readonly response: Response }>

function packLane(lane: Lane, form: Questionnaire, counted: readonly Counted[], known: RoundGroups): PackedLane {
  const responses = counted.map(({ response }) => response)
  const { items } = form
  const codes = new Uint8Array(responses.length * items.length)
  for (const [row, { answers }] of responses.entries()) {
    for (const [column, { id }] of items.entries()) codes[row * items.length + column] = answers[id] ?? 0
  }
  const tickets = new Uint8Array(counted.length * TICKET_BYTES)
  for (const [row, { ticket }] of counted.entries()) tickets.set(ticket.subarray(0, TICKET_BYTES), row * TICKET_BYTES)
  const packed = (by: BreakdownBy) =>
    Uint8Array.from(responses, ({ coarse }) => {
      const place = known[by].findIndex(({ id }) => id === coarse?.[by])
      return place < 0 ? NO_GROUP : place
    })
  return { lane, form, codes, tickets, groups: byKind(packed) }
}

function byKind<T>(of: (by: BreakdownBy) => T): Record<BreakdownBy, T> {
  return Object.fromEntries(BREAKDOWNS.map((by) => [by, of(by)])) as Record<BreakdownBy, T>
}

/** How many responses a packed lane holds. */
export function packedCount({ groups }: PackedLane): number {
  return groups.contact.length
}

/** The name of a response's inner ticket, as a text to compare. */
export function ticketName({ tickets }: PackedLane, row: number): string {
  return String.fromCharCode(...tickets.subarray(row * TICKET_BYTES, (row + 1) * TICKET_BYTES))
}

/** The codes of one response, as a text to compare. */
export function codesName({ form, codes }: PackedLane, row: number): string {
  const { length } = form.items
  return String.fromCharCode(...codes.subarray(row * length, (row + 1) * length))
}

/** Some responses of a packed lane, by their rows. */
export function pickRows(lane: PackedLane, rows: readonly number[]): PackedLane {
  const { length } = lane.form.items
  const picked = (bytes: Uint8Array, size: number) =>
    joined(rows.map((row) => bytes.subarray(row * size, (row + 1) * size)))
  return {
    ...lane,
    codes: picked(lane.codes, length),
    tickets: picked(lane.tickets, TICKET_BYTES),
    groups: byKind((by) => picked(lane.groups[by], 1)),
  }
}

/** One response of a packed lane; with the groups it belongs to where they are known. */
export function unpack({ lane, form, codes, groups }: PackedLane, row: number, known?: RoundGroups): Response {
  const { items } = form
  const start = row * items.length
  const answers = Object.fromEntries(items.map(({ id }, column) => [id, codes[start + column] ?? 0]))
  const coarse = BREAKDOWNS.flatMap((by) => {
    const group = known?.[by][groups[by][row] ?? NO_GROUP]
    return group ? [[by, group.id] as const] : []
  })
  return { lane, answers, coarse: Object.fromEntries(coarse) }
}

/** Several packed parts of one lane as one. */
export function joinLanes(parts: readonly PackedLane[]): PackedLane[] {
  const lanes = [...new Set(parts.map(({ lane }) => lane))].filter(isLane)
  return lanes.flatMap((lane) => {
    const own = parts.filter((part) => part.lane === lane)
    const [first] = own
    if (!first) return []
    return {
      lane,
      form: first.form,
      codes: joined(own.map(({ codes }) => codes)),
      tickets: joined(own.map(({ tickets }) => tickets)),
      groups: byKind((by) => joined(own.map(({ groups }) => groups[by]))),
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
