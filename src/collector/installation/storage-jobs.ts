import type { StoredCampaign } from '../campaigns/campaign-register.ts'
import type { Parts } from './data-folder.ts'
import type { RequestCounts } from './request-counts.ts'

const DAY_MS = 86_400_000

/** Three at night in Bangkok (20:00 UTC): the machine has time then. */
const HOUR_UTC = 20

/** Milliseconds until the next night. */
function untilNight(nowMs: number): number {
  const today = new Date(nowMs).setUTCHours(HOUR_UTC, 0, 0, 0)
  return today > nowMs ? today - nowMs : today + DAY_MS - nowMs
}

/** Two processes over one database: whoever comes second within this time has nothing to do. */
const SAME_NIGHT_MS = 3_600_000

/** Seals the rows of every running campaign anew, in random order, under its next key. */
export async function resealAll(here: Parts, by: string): Promise<void> {
  for (const campaign of await runningCampaigns(here)) await here.box?.reseal(campaign)
  // afterwards: an audit relies on it
  await here.acts.write({ by, act: 'intake-resealed' })
}

/** Campaigns whose responses lie under an intake key. */
export async function runningCampaigns({ box }: Pick<Parts, 'box'>): Promise<StoredCampaign[]> {
  const ids = ((await box?.withIntake()) ?? []).filter(({ isClosed }) => !isClosed)
  const found = await Promise.all(ids.map(({ cid }) => box?.campaigns.findNow(cid)))
  return found.flatMap((campaign) => campaign ?? [])
}

/** When rows were last sealed anew, ms since 1970; null when never. */
export async function lastResealing({ acts }: Pick<Parts, 'acts'>): Promise<number | null> {
  const last = await acts.last('intake-resealed')
  return last ? Date.parse(last.act.at) : null
}

interface NightlyOptions {
  readonly counters: RequestCounts
  /** One line a night, for the maintainer. */
  readonly report: (line: string) => void
  /** What else is done each night, after the sealing; its answer ends the line. */
  readonly also?: () => Promise<string>
}

/**
 * Does the night's work while the collector runs, and soon after a start when a night was missed. The returned function ends
 * it; what is under way breaks off and is finished the next night.
 */
export function everyNight(here: Parts, { counters, report, also }: NightlyOptions): () => void {
  let timer: NodeJS.Timeout | undefined
  let ended = false
  const run = async () => {
    try {
      const last = await lastResealing(here)
      if (last === null || Date.now() - last > SAME_NIGHT_MS) await resealAll(here, 'collector')
      const more = (await also?.()) ?? ''
      report(`responses sealed anew${more}; since the start: ${counters.line() || 'nothing yet'}`)
    } catch (error) {
      // delivering goes on; tomorrow it is tried again, and the audit shows that a night was missed
      if (!ended) report(`the night's work was not done: ${error instanceof Error ? error.message : String(error)}`)
    }
    plan(untilNight(Date.now()))
  }
  const plan = (delayMs: number) => {
    if (!ended) timer = setTimeout(() => void run(), delayMs)
  }
  void lastResealing(here).then((last) => {
    plan(last !== null && Date.now() - last < DAY_MS ? untilNight(Date.now()) : 0)
  })
  return () => {
    ended = true
    clearTimeout(timer)
  }
}
