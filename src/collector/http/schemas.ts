import { strictObject } from 'valibot'
import { CODES_REQUEST, ENROL_REQUEST, REFILL_REQUEST, STATE_REQUEST, TOTALS_REQUEST } from '#protocol/counter'
import { BOX_REQUEST, ISSUE_REQUEST } from '#protocol/messages'
import { bytesText } from '#protocol/shapes'
import { SIZES } from '#protocol/sizes'
import { toShape } from './to-shape.ts'

export const ISSUE_SCHEMA = toShape(ISSUE_REQUEST)
export const BOX_SCHEMA = toShape(BOX_REQUEST)
export const ENROL_SCHEMA = toShape(ENROL_REQUEST)
export const REFILL_SCHEMA = toShape(REFILL_REQUEST)
export const CODES_SCHEMA = toShape(CODES_REQUEST)
export const STATE_SCHEMA = toShape(STATE_REQUEST)
export const TOTALS_SCHEMA = toShape(TOTALS_REQUEST)

/** Routes below `/v2/campaigns/:cid`. */
export const CAMPAIGN_PARAMS = toShape(strictObject({ cid: bytesText(SIZES.campaignId) }))

export const INSTRUMENTS_PARAMS = toShape(strictObject({ hash: bytesText(32) }))

/** `POST /v2/campaigns/:cid/sealed`: the challenge, and what it said when it was opened. */
export const PROOF_SCHEMA = toShape(strictObject({ challenge: bytesText(32), proof: bytesText(32) }))
