import { userInfo } from 'node:os'
import type { StoredCampaign } from '#collector/campaigns/campaign-register'
import { type Installation, openFolder } from '#collector/installation/data-folder'
import { findCampaign } from '#collector/rounds/campaign-life'
import { fromBase64Url } from '#protocol/bytes'
import { SIZES } from '#protocol/sizes'
import { Failure } from './failure.ts'
import { folderOptions } from './places.ts'

/** Does something with what a data folder holds, and closes it again. Throws a Failure when the folder holds nothing. */
export async function inFolder<T>(folder: string, work: (here: Installation) => Promise<T>): Promise<T> {
  const here = await openFolder(folder, folderOptions())
  if (!here) throw new Failure(`${folder} holds no box and no issuer; name the data folder of the collector`)
  try {
    return await work(here)
  } finally {
    await here.end()
  }
}

/** The same with one of its campaigns. Throws a Failure when there is none with this id. */
export function withCampaign<T>(
  folder: string,
  id: string,
  work: (here: Installation, campaign: StoredCampaign) => Promise<T>,
): Promise<T> {
  return inFolder(folder, async (here) => {
    const cid = fromBase64Url(id, SIZES.campaignId)
    const campaign = cid ? await findCampaign(here, cid) : null
    if (!campaign) throw new Failure(`${folder} holds no campaign ${id}; "ita campaign list" names its campaigns`)
    return work(here, campaign)
  })
}

/** Who is acting, for the log of acts: the account on this machine. */
export function administrator(): string {
  return userInfo().username
}
