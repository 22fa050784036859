import type { Parts } from './data-folder.ts'

/** How often what other processes did is looked at, ms. */
const EVERY_MS = 30_000

/** Whether this process can take what comes. */
export interface Following {
  /** Campaigns that take responses and have no key here: deliveries to them are told to come later. */
  missingKeys(): number
  end(): void
}

/**
 * Looks now and then at what other processes did with the same databases: keys move on, keys of settled rounds are destroyed
 * here, too, and a round that somebody made elsewhere needs its key here.
 */
export function followOthers({ box }: Pick<Parts, 'box'>): Following {
  let missing = 0
  const look = async () => {
    missing = (await box?.followOthers())?.length ?? 0
  }
  // a database that does not answer is told by the requests themselves
  const timer = setInterval(() => void look().catch(() => undefined), EVERY_MS)
  return { missingKeys: () => missing, end: () => clearInterval(timer) }
}
