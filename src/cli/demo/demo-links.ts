import { openStores } from '#collector/installation/data-folder'
import { codeHash } from '#protocol/code'
import { readSlips } from '../files/slips-file.ts'
import { folderOptions } from '../installation/places.ts'
import type { DemoCampaign } from './demo-campaign.ts'

type DemoLane = keyof DemoCampaign['lanes']

/** For each lane of the demo campaign a link that nobody used yet, leading to where the collector runs now. */
export async function firstUnusedLinks(
  data: string,
  demo: DemoCampaign,
  origin: string,
): Promise<Record<DemoLane, string>> {
  const stores = await openStores(data, folderOptions())
  try {
    const unused = async (lane: DemoLane) => {
      for (const { link, slip } of readSlips(demo.lanes[lane].slips)) {
        const hash = await codeHash(slip.cid, slip.code)
        if (await stores.issuer.isUnused(slip.cid, lane, hash)) return link.replace(new URL(link).origin, origin)
      }
      return '(all slips of this lane are used)'
    }
    return {
      iit: await unused('iit'),
      'eit-public': await unused('eit-public'),
      'eit-survey': await unused('eit-survey'),
    }
  } finally {
    await stores.end()
  }
}
