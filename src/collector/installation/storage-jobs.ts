import type { Parts } from './data-folder.ts'
import type { RequestCounts } from './request-counts.ts'

const DAY_MS = 86_400_000

/** Three at night in Bangkok (20:00 UTC): nobody waits for the file then. */
const HOUR_UTC = 20

/** Milliseconds until the next time to rewrite. */
function untilRewriting(nowMs: number): number {
  const today = new Date(nowMs).setUTCHours(HOUR_UTC, 0, 0, 0)
  return today > nowMs ? today - nowMs : today + DAY_MS - nowMs
}

/** Rewrites both files in the order of their random keys, so that pages remember no order of arrival. */
export async function rewriteFiles(here: Parts, by: string): Promise<void> {
  await here.issuer?.rewrite()
  await here.box?.rewrite()
  // afterwards: an audit relies on it
  await here.acts.write({ by, act: 'files-rewritten' })
}

/** When the files were last rewritten, ms since 1970; null when never. */
export async function lastRewriting(here: Parts): Promise<number | null> {
  const acts = await here.acts.all()
  const last = acts.filter(({ act }) => act.act === 'files-rewritten').at(-1)
  return last ? Date.parse(last.act.at) : null
}

interface DailyOptions {
  readonly counters: RequestCounts
  /** One line a day, for the maintainer. */
  readonly report: (line: string) => void
}

/**
 * Rewrites once a day while the collector runs, and soon after a start when a night was missed. The returned function
 * ends it, waiting for a rewriting that is under way.
 */
export function rewriteDaily(here: Parts, { counters, report }: DailyOptions): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const run = async () => {
    try {
      await rewriteFiles(here, 'collector')
      report(`files rewritten; since the start: ${counters.line() || 'nothing yet'}`)
    } catch (error) {
      // delivering goes on; tomorrow it is tried again, and the audit shows that a night was missed
      report(`files could not be rewritten: ${error instanceof Error ? error.message : String(error)}`)
    }
    plan(untilRewriting(Date.now()))
  }
  const plan = (delayMs: number) => {
    timer = setTimeout(() => {
      running = run()
    }, delayMs)
  }
  void lastRewriting(here).then((last) => {
    plan(last !== null && Date.now() - last < DAY_MS ? untilRewriting(Date.now()) : 0)
  })
  return async () => {
    clearTimeout(timer)
    await running
    clearTimeout(timer)
  }
}
