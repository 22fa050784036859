import type { Bytes } from '#protocol/bytes'
import type { Lane } from '#protocol/lane'
import type { Campaign } from '#protocol/manifest'
import { decodePayload, type PayloadFault } from '#protocol/payload'
import { makeOpener, type Opener } from '#protocol/sealed-box'
import { SIZES } from '#protocol/sizes'
import { type AnswerFault, type Answers, faultOf } from '#survey/answers'
import { questionnaire } from './questionnaires.ts'

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
export type SpoiledReason = 'does-not-open' | PayloadFault | 'wrong-form' | 'wrong-lane' | AnswerFault

export type Opened = { readonly response: Response } | { readonly spoiled: SpoiledReason }

/** Opens the responses of a campaign with its private key. Throws only when the key itself is broken. */
export async function makeResponseOpener(
  campaign: Campaign,
  privateKey: Bytes,
): Promise<(sealed: SealedResponse) => Promise<Opened>> {
  const opener = await makeOpener(privateKey, { cid: campaign.cid, mh: campaign.mh })
  return async ({ lane, sealed }) => {
    const padded = await openBytes(opener, sealed)
    return padded ? judge(campaign, lane, padded) : { spoiled: 'does-not-open' }
  }
}

async function openBytes(opener: Opener, sealed: Uint8Array): Promise<Bytes | null> {
  try {
    const enc = sealed.slice(0, SIZES.encapsulatedKey) as Bytes
    return await opener.open({ enc, ct: sealed.slice(SIZES.encapsulatedKey) as Bytes })
  } catch {
    return null
  }
}

function judge({ manifest }: Campaign, lane: Lane, padded: Bytes): Opened {
  const payload = decodePayload(padded)
  if (typeof payload === 'string') return { spoiled: payload }
  if (payload.part !== lane) return { spoiled: 'wrong-lane' }
  if (payload.form !== manifest.lanes[lane]?.form) return { spoiled: 'wrong-form' }
  const fault = faultOf(questionnaire(payload.form), payload.answers)
  return fault ? { spoiled: fault } : { response: { lane, answers: payload.answers, coarse: payload.coarse } }
}
