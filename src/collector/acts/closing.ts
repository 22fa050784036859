import type { Closing } from '#protocol/published'
import type { ActLog } from './act-log.ts'

/** What was in a campaign's box at closing; null while it is not closed. */
export async function closingOf(acts: ActLog, campaign: string): Promise<Closing | null> {
  const noted = await acts.last('box-counted', campaign)
  const { rows, hash } = noted?.act.facts ?? {}
  return noted && typeof rows === 'number' && typeof hash === 'string'
    ? { rows, boxHash: hash, logHead: noted.hash }
    : null
}
