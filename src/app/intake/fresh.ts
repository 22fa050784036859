import { lastTicket } from '#device/browser/marker'
import { isLane, type Lane } from '#protocol/lane'

/** A slip that this tab has just taken in, and whether its person has begun to answer. */
export interface Fresh {
  /** Id of the ticket's record. */
  readonly ticket: string
  readonly lane: Lane
  readonly begun: boolean
}

/** For this tab, from the page that took the slip in to the one in its place. Neither a code nor an answer is ever kept here. */
const KEY = 'prongsai.fresh'

/** Null when this tab took nothing in, or another ticket was used since. */
export function readFresh(): Fresh | null {
  try {
    const { ticket, lane, begun } = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<Fresh>
    return ticket !== undefined && ticket === lastTicket() && isLane(lane)
      ? { ticket, lane, begun: begun === true }
      : null
  } catch {
    return null
  }
}

/** A browser that forbids it begins where it always did: when the app is there. */
export function writeFresh(fresh: Fresh | null): void {
  try {
    if (fresh) sessionStorage.setItem(KEY, JSON.stringify(fresh))
    else sessionStorage.removeItem(KEY)
  } catch {
    // see above
  }
}
