import { base64UrlLength } from '#protocol/bytes'
import { COUNTER_SIZES, MOST_A_DAY } from '#protocol/counter'
import { MOST_EMBLEM_BYTES } from '#protocol/emblem'
import { LANES } from '#protocol/lane'
import { ROLES } from '#protocol/office'
import { ROUND_PLAN } from '#protocol/round-plan'
import { SIZES } from '#protocol/sizes'
import { PAPERS } from '../../office/papers.ts'
import { SHORTEST_PASSWORD } from '../../office/password.ts'
import { toShape } from '../to-shape.ts'

/** base64url of one length. */
const text = (length: number) =>
  ({ type: 'string', minLength: length, maxLength: length, pattern: '^[A-Za-z0-9_-]*$' }) as const

/** An object of exactly these members. */
const exactly = (properties: Readonly<Record<string, object>>) =>
  ({ type: 'object', properties, required: Object.keys(properties), additionalProperties: false }) as const

const TOKEN = text(base64UrlLength(32))
const NAME = { type: 'string', minLength: 1, maxLength: 60, pattern: '^\\S(.*\\S)?$' } as const
const PASSWORD = { type: 'string', minLength: SHORTEST_PASSWORD, maxLength: 200 } as const
const CODE = { type: 'string', pattern: '^\\d{6}$' } as const
/** Checked by the library that made the options. */
const WEBAUTHN = { type: 'object' } as const

const whole = (minimum: number, maximum: number) => ({ type: 'integer', minimum, maximum }) as const
const PLACE_NAME = { type: 'string', minLength: 1, maxLength: 200 } as const

export const SIGN_IN_PASSKEY = exactly({ challenge: TOKEN, response: WEBAUTHN })
export const SIGN_IN_PASSWORD = exactly({
  name: NAME,
  password: { type: 'string', minLength: 1, maxLength: 200 },
  code: CODE,
})
export const JOIN_OPTIONS = exactly({ token: TOKEN, name: NAME })
export const JOIN_PASSKEY = exactly({ token: TOKEN, challenge: TOKEN, response: WEBAUTHN })
export const JOIN_PASSWORD = exactly({ token: TOKEN, challenge: TOKEN, password: PASSWORD, code: CODE })
export const INVITE = exactly({ role: { enum: ROLES } })
export const ACCOUNT_PARAMS = exactly({ id: text(base64UrlLength(16)) })

/** A questionnaire of a hundred items with all its words is a tenth of it. */
export const MOST_INSTRUMENTS_BYTES = 2_000_000

const cid = text(base64UrlLength(SIZES.campaignId))
export const PAPER_PARAMS = exactly({ cid, paper: { enum: PAPERS } })

/** The plan's numbers; what they promise together is checked by `planFault`. */
export const COMMIT_ROUND = exactly({
  plan: toShape(ROUND_PLAN),
  /** The emblem's PNG, base64url; '' for none. */
  emblem: { type: 'string', maxLength: base64UrlLength(MOST_EMBLEM_BYTES), pattern: '^[A-Za-z0-9_-]*$' },
})
export const CREATE_ROUND = exactly({ cid, boxKey: text(base64UrlLength(SIZES.boxPublicKey)) })

/** Canonical JSON of a year's document; what it says is checked by who knows it. */
export const IMPORT_INSTRUMENTS = exactly({ text: { type: 'string', minLength: 2, maxLength: MOST_INSTRUMENTS_BYTES } })

/** A set of shares, e.g. `1+3`. */
const SHARES = { type: 'array', minItems: 1, maxItems: 9, uniqueItems: true, items: whole(1, 9) } as const
export const CANARY = exactly({ shares: SHARES })
export const REHEARSED = exactly({ shares: SHARES, canary: TOKEN, content: TOKEN })
export const CLOSE = exactly({ why: { type: 'string', maxLength: 300 } })
/** Id of a unit; '' for everybody. */
const UNIT = { type: 'string', pattern: '^(u\\d{1,3})?$' } as const
export const SLIPS = exactly({
  lane: { enum: LANES },
  kind: { enum: ['main', 'spare'] },
  count: whole(1, 5000),
  unit: UNIT,
})
export const ASK_SPARE = exactly({ lane: { enum: LANES }, count: whole(1, 5000), unit: UNIT })
export const CHOOSE_PART = exactly({ lane: { enum: LANES }, choice: { enum: ['rows', 'breakdowns'] } })
export const ROWS_CONFIRMED = exactly({ shares: SHARES })
export const VOID_SLIPS = exactly({ lane: { enum: LANES }, printing: whole(1, 10_000) })
export const INVITE_TABLET = exactly({
  lane: { enum: ['eit-public', 'eit-survey'] },
  point: PLACE_NAME,
  quota: whole(1, MOST_A_DAY),
})
export const REVOKE_TABLET = exactly({ tablet: text(base64UrlLength(COUNTER_SIZES.tablet)) })
export const POSTER_LANE = exactly({ perDay: whole(0, 100_000) })
export const EXPORTED = exactly({
  what: { enum: ['csv', 'xlsx', 'json', 'spss', 'scorecard'] },
  rows: { enum: ['whole', 'protected', 'none'] },
})
export const SAVE_PAPER = exactly({
  version: whole(0, 1_000_000),
  text: { type: 'string', maxLength: 400_000 },
})
