import { ActRefused } from '../campaigns/act-refused.ts'
import type { Committed } from './make-draft.ts'

/** How long a commitment waits for its box key: a browser needs a second, and somebody who must sign in again, minutes. */
const LIFE_MS = 15 * 60_000

/** Rounds between their two steps: in memory only, one for each account, so that unfinished ones never pile up. */
export class Commitments {
  readonly #kept = new Map<string, { readonly committed: Committed; readonly until: number }>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** Takes the place of one that this account left unfinished. */
  keep(account: string, committed: Committed): void {
    for (const [id, { until }] of this.#kept) if (until <= this.#now()) this.#kept.delete(id)
    this.#kept.set(account, { committed, until: this.#now() + LIFE_MS })
  }

  /** Hands it out once. Throws an ActRefused where there is none, or another one, or it is too old. */
  take(account: string, cid: Uint8Array): Committed {
    const found = this.#kept.get(account)
    if (!found || found.until <= this.#now() || !Buffer.from(found.committed.cid).equals(cid))
      throw new ActRefused('commitment-gone', 'commitment-gone')
    this.#kept.delete(account)
    return found.committed
  }
}
