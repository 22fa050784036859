import { makeCampaign, openAtOnce } from '#cli/installation/make-campaign'
import type { StoredCampaign } from '#collector/campaigns/campaign-register'
import type { Stores } from '#collector/installation/data-folder'
import { makeSlips } from '#collector/rounds/make-slips'
import type { Bytes } from '#protocol/bytes'
import type { Code } from '#protocol/code'
import { bangkokDay } from '#protocol/day'
import type { Lane } from '#protocol/lane'
import type { CampaignPlan } from '#protocol/round-plan'
import type { Slip } from '#protocol/slip-link'
import { TEST_YEAR } from './forms.ts'

const DAY_MS = 86_400_000

/** A day so many days from now, in Bangkok. */
export function dayFromNow(days: number): string {
  return bangkokDay(Date.now() + days * DAY_MS)
}

/** Who measures, and what is asked, in every test. */
export const TEST_OWNER = {
  instruments: TEST_YEAR,
  agency: {
    th: { full: 'กรมทดสอบความโปร่งใส', short: 'ทสป.' },
    en: { full: 'Department of Tests', short: 'DoT' },
  },
  enquiries: { who: 'กลุ่มงานจริยธรรม', how: 'โทร. 0 2000 0000' },
} as const

export interface MadeRound {
  readonly campaign: StoredCampaign
  readonly privateKey: Bytes
  readonly codes: Readonly<Partial<Record<Lane, readonly Code[]>>>
  slip(lane: Lane, index: number): Slip
}

/** A real round as a department would make it: three key holders, drawn slips, open now; or otherwise, as `change` says. */
export async function makeRound(stores: Stores, change: Partial<CampaignPlan> = {}): Promise<MadeRound> {
  const window = { from: dayFromNow(-1), to: dayFromNow(30) }
  const plan: CampaignPlan = {
    fiscalYear: 2569,
    ...TEST_OWNER,
    eligible: { iit: 300 },
    issueWindow: window,
    answerWindow: window,
    k: { iit: 10, eit: 5 },
    handout: 'drawn',
    keyShares: { shares: 3, threshold: 2 },
    ...change,
  }
  const made = await makeCampaign(stores, plan)
  const { cid, mh } = made.campaign
  const { privateKey } = made
  const codes: Partial<Record<Lane, readonly Code[]>> = {}
  for (const [lane, count] of Object.entries(plan.eligible) as [Lane, number][]) {
    codes[lane] = await makeSlips(stores.issuer, made.campaign, { lane, kind: 'main', count })
  }
  await openAtOnce(stores, made)
  const campaign = await stores.box.campaigns.findNow(cid)
  if (!campaign) throw new Error('the campaign that was made is gone')
  return {
    campaign,
    privateKey,
    codes,
    slip(lane, index) {
      const code = codes[lane]?.[index]
      if (!code) throw new Error('no slips left')
      return { cid, mh, lane, code }
    },
  }
}
