import type { ActLog } from './act-log.ts'

/** What was found in a box when it was closed, as published beside the receipts and printed on the closing sheet. */
export interface Closing {
  readonly rows: number
  /** SHA-256 (hex) over all sealed rows in the order of their keys. */
  readonly boxHash: string
  /** Head of the log of acts after this was written down. */
  readonly logHead: string
}

/** What was in a campaign's box at closing; null while it is not closed. */
export async function closingOf(acts: ActLog, campaign: string): Promise<Closing | null> {
  const noted = await acts.last('box-counted', campaign)
  const { rows, hash } = noted?.act.facts ?? {}
  return noted && typeof rows === 'number' && typeof hash === 'string'
    ? { rows, boxHash: hash, logHead: noted.hash }
    : null
}
