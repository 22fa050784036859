import { base64UrlLength } from '#protocol/bytes'
import { COUNTER_LENGTHS, MAX_REFILL, TOTALS_ROUND } from '#protocol/counter'
import { CODE_LENGTH, cipherTextLength, MAX_ITEMS, PADDED_SIZE, SIZES } from '#protocol/sizes'

/** base64url of one length. */
export const text = (length: number) =>
  ({ type: 'string', minLength: length, maxLength: length, pattern: '^[A-Za-z0-9_-]*$' }) as const

/** An object of exactly these members. */
export const exactly = (properties: Readonly<Record<string, object>>) =>
  ({ type: 'object', properties, required: Object.keys(properties), additionalProperties: false }) as const

const cid = text(base64UrlLength(SIZES.campaignId))

/** `POST /v1/issue`: exact lengths, no other members. */
export const ISSUE_SCHEMA = exactly({
  cid,
  code: text(CODE_LENGTH),
  blinded: text(base64UrlLength(SIZES.blinded)),
})

/** `POST /v1/box`: 1…16 items of one size. */
export const BOX_SCHEMA = exactly({
  cid,
  items: {
    type: 'array',
    minItems: 1,
    maxItems: MAX_ITEMS,
    items: exactly({
      input: text(base64UrlLength(SIZES.ticketInput)),
      sig: text(base64UrlLength(SIZES.signature)),
      enc: text(base64UrlLength(SIZES.encapsulatedKey)),
      ct: text(cipherTextLength(PADDED_SIZE)),
    }),
  },
})

/** `POST /v1/enrol`: a token that is good once, and the tablet's own key. */
export const ENROL_SCHEMA = exactly({ cid, token: text(COUNTER_LENGTHS.token), key: text(COUNTER_LENGTHS.key) })

/** `POST /v1/wallet`: blinded messages, signed by the tablet. */
export const REFILL_SCHEMA = exactly({
  cid,
  tablet: text(COUNTER_LENGTHS.tablet),
  blinded: { type: 'array', minItems: 1, maxItems: MAX_REFILL, items: text(base64UrlLength(SIZES.blinded)) },
  sig: text(COUNTER_LENGTHS.sig),
})

/** `POST /v1/codes`: hashes of one-time codes, signed by the tablet. */
export const CODES_SCHEMA = exactly({
  cid,
  tablet: text(COUNTER_LENGTHS.tablet),
  hashes: { type: 'array', minItems: 1, maxItems: MAX_REFILL, items: text(base64UrlLength(SIZES.codeHash)) },
  sig: text(COUNTER_LENGTHS.sig),
})

/** `POST /v1/tablet`: signed by the tablet. */
export const STATE_SCHEMA = exactly({ cid, tablet: text(COUNTER_LENGTHS.tablet), sig: text(COUNTER_LENGTHS.sig) })

const count = { type: 'integer', minimum: 0, maximum: 1_000_000, multipleOf: TOTALS_ROUND } as const

/** `POST /v1/totals`: what a tablet collected and delivered, signed by it. */
export const TOTALS_SCHEMA = exactly({
  cid,
  tablet: text(COUNTER_LENGTHS.tablet),
  collected: count,
  delivered: count,
  sig: text(COUNTER_LENGTHS.sig),
})

/** Routes below `/v1/campaigns/:cid`. */
export const CAMPAIGN_PARAMS = exactly({ cid })

/** `POST /v1/campaigns/:cid/sealed`: the opened challenge. */
export const PROOF_SCHEMA = exactly({ proof: text(base64UrlLength(32)) })
