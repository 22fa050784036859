import type { Bytes } from '#protocol/bytes'
import type { Lane } from '#protocol/lane'
import { type Campaign, lanesOf } from '#protocol/manifest'
import { decodePayload, type InnerTicket, type PayloadFault } from '#protocol/payload'
import { type Opener, openerFor } from '#protocol/sealed-box'
import { SIZES } from '#protocol/sizes'
import { makeTicketVerifier, nullifierOf, ticketLane } from '#protocol/ticket'
import { type AnswerFault, type Answers, faultOf } from '#survey/answers'
import type { Questionnaire } from '#survey/questionnaire'
import { areTheSame, roundForms } from './round-forms.ts'

/** Sealed bytes and the lane whose ticket brought them. */
export interface SealedResponse {
  readonly lane: Lane
  /** Encapsulated key ‖ ciphertext. */
  readonly sealed: Uint8Array
}

/** One opened, complete response. Carries no order and no time, because nothing before it did. */
export interface Response {
  readonly lane: Lane
  readonly answers: Answers
  /** Coarse answers that were sealed with them, e.g. what a visitor came for. */
  readonly coarse?: Readonly<Record<string, string>>
}

/** Why a delivered response does not count. */
export type SpoiledReason =
  | 'does-not-open'
  | PayloadFault
  | 'wrong-form'
  | 'wrong-lane'
  /** Nothing inside proves that it came from somebody who had a code: whoever writes to the box's file can make such a row. */
  | 'no-inner-ticket'
  /** The ticket inside was counted already. */
  | 'inner-ticket-repeated'
  | AnswerFault

export type Opened =
  | {
      readonly response: Response
      /** Name of the ticket inside, 32 bytes: each is counted once. */
      readonly ticket: Uint8Array
    }
  | { readonly spoiled: SpoiledReason }

type VerifyInner = (lane: Lane, ticket: InnerTicket) => Promise<boolean>

/**
 * Opens the responses of a campaign with its private key. Throws when the key itself is broken, or when this program would
 * score by other questionnaires or rules than the manifest names.
 */
export async function makeResponseOpener(
  campaign: Campaign,
  privateKey: Bytes,
): Promise<(sealed: SealedResponse) => Promise<Opened>> {
  if (!(await areTheSame(campaign.manifest)))
    throw new Error('this program does not have the instruments of this round')
  const { lanes } = roundForms(campaign.manifest)
  const opener = await openerFor(campaign, privateKey)
  const verifyInner = await makeInnerVerifier(campaign)
  return async ({ lane, sealed }) => {
    const padded = await openBytes(opener, sealed)
    return padded ? judge({ lane, form: lanes[lane] }, padded, verifyInner) : { spoiled: 'does-not-open' }
  }
}

/** Whether a ticket found inside a seal is one of this campaign and lane, signed by the lane's inner key. */
async function makeInnerVerifier({ manifest, cid }: Campaign): Promise<VerifyInner> {
  const verifiers = new Map<Lane, (input: Uint8Array, signature: Uint8Array) => Promise<boolean>>()
  for (const lane of lanesOf(manifest)) {
    const key = manifest.lanes[lane]?.innerKey
    if (key) verifiers.set(lane, await makeTicketVerifier(key))
  }
  return async (lane, { input, sig }) =>
    ticketLane('inner', cid, input) === lane && ((await verifiers.get(lane)?.(input, sig)) ?? false)
}

async function openBytes(opener: Opener, sealed: Uint8Array): Promise<Bytes | null> {
  try {
    const enc = sealed.slice(0, SIZES.encapsulatedKey) as Bytes
    return await opener.open({ enc, ct: sealed.slice(SIZES.encapsulatedKey) as Bytes })
  } catch {
    return null
  }
}

interface Place {
  readonly lane: Lane
  readonly form: Questionnaire | undefined
}

async function judge({ lane, form }: Place, padded: Bytes, verifyInner: VerifyInner): Promise<Opened> {
  const opened = decodePayload(padded)
  if (typeof opened === 'string') return { spoiled: opened }
  const { payload, ticket } = opened
  if (!(await verifyInner(lane, ticket))) return { spoiled: 'no-inner-ticket' }
  if (payload.part !== lane) return { spoiled: 'wrong-lane' }
  if (!form || payload.form !== form.id) return { spoiled: 'wrong-form' }
  const fault = faultOf(form, payload.answers)
  if (fault) return { spoiled: fault }
  const response = { lane, answers: payload.answers, coarse: payload.coarse }
  return { response, ticket: await nullifierOf(ticket.input) }
}
