import * as v from 'valibot'
import type { SlipKind } from './acts.ts'
import { base64UrlLength } from './bytes.ts'
import { MOST_EMBLEM_BYTES } from './emblem.ts'
import { LANES } from './lane.ts'
import { PAPERS } from './office.ts'
import { bytesText, whole } from './shapes.ts'
import { SIZES } from './sizes.ts'

/** Larger than a respondent's message: a paper holds all tables of a round. */
export const PAPER_BODY_BYTES = 1_600_000

/** All measures of a round, with what they are about in every language. */
export const REPORT_BODY_BYTES = 1_000_000

/** A measure with every field as long as it may be. */
export const ROW_BODY_BYTES = 200_000

/** A questionnaire of a hundred items with all its words is a tenth of it. */
export const MOST_INSTRUMENTS_BYTES = 2_000_000

export const TOKEN = bytesText(32)
export const NAME = v.pipe(v.string(), v.minLength(1), v.maxLength(60), v.regex(/^\S(.*\S)?$/u))
export const CODE = v.pipe(v.string(), v.regex(/^\d{6}$/))
/** Checked by the library that made the options. */
export const WEBAUTHN = v.looseObject({})
export const LANE = v.picklist(LANES)
export const SLIP_KIND = v.picklist(['main', 'spare'] as const satisfies readonly SlipKind[])
/** Id of a unit; '' for everybody. */
export const UNIT = v.pipe(v.string(), v.regex(/^(u\d{1,3})?$/))
/** A set of shares, e.g. `[1, 3]`. */
export const SHARES = v.pipe(
  v.array(whole(1, 9)),
  v.minLength(1),
  v.maxLength(9),
  v.check((shares) => new Set(shares).size === shares.length),
)
export const EMBLEM = v.pipe(v.string(), v.maxLength(base64UrlLength(MOST_EMBLEM_BYTES)), v.regex(/^[A-Za-z0-9_-]*$/))

/** What stands behind `:name` in a path. */
export const OFFICE_PARAMS = {
  cid: bytesText(SIZES.campaignId),
  id: bytesText(16),
  hash: bytesText(32),
  paper: v.picklist(PAPERS),
  /** Up to which change of a round's action plan one knows all; 0 for none. */
  seq: v.pipe(v.string(), v.regex(/^\d{1,9}$/)),
} as const
