import type { Device } from '../device.ts'
import type { Trouble } from '../refusals.ts'
import { advanceWaitingTickets, type RefusedTicket } from '../ticket.ts'
import { flushOutbox } from './flush.ts'

/** What a person is told about delivery. */
export type SyncStatus =
  /** Nothing waits; `refused`: slips that were waiting and turned out to be good for nothing. */
  | { readonly state: 'idle'; readonly refused: readonly RefusedTicket[] }
  | { readonly state: 'sending' }
  | { readonly state: 'waiting'; readonly trouble: Trouble; readonly refused: readonly RefusedTicket[] }

interface Round {
  readonly trouble: Trouble | null
  readonly retryAfterMs: number
  readonly refused: readonly RefusedTicket[]
}

const FIRST_DELAY_MS = 1000
/** An unreachable collector costs it nothing to be tried: recovery is noticed while somebody still looks at the screen. */
const LONGEST_DELAY_MS = 20_000
/** A collector that answers "not now" is given more room. */
const LONGEST_BUSY_DELAY_MS = 300_000

/** Delay before the next try: doubling, full jitter, never under what the collector asked for. */
export function retryDelayMs(tries: number, trouble: Trouble, retryAfterMs: number, fraction: number): number {
  const longest = trouble === 'not-reached' ? LONGEST_DELAY_MS : LONGEST_BUSY_DELAY_MS
  const ceiling = Math.min(longest, FIRST_DELAY_MS * 2 ** Math.min(tries, 16))
  return Math.max(retryAfterMs, Math.round(ceiling * fraction))
}

/** Keeps delivering until nothing waits. Timers and triggers are hints; `flushOutbox` is what makes it right. */
export class Sync {
  readonly #device: Device
  readonly #report: (status: SyncStatus) => void
  #tries = 0
  #cancelTimer: (() => void) | null = null
  #stopped = false

  constructor(device: Device, report: (status: SyncStatus) => void) {
    this.#device = device
    this.#report = report
  }

  /** Tries at once, whatever the timer says: after sealing, at the start, on `online`, on a tap. */
  async sendNow(): Promise<void> {
    this.#cancelTimer?.()
    this.#cancelTimer = null
    if (this.#stopped) return
    this.#report({ state: 'sending' })
    const { trouble, retryAfterMs, refused } = await this.#round()
    if (this.#stopped) return
    if (trouble) this.#tryLater(trouble, retryAfterMs)
    else this.#tries = 0
    this.#report(trouble ? { state: 'waiting', trouble, refused } : { state: 'idle', refused })
  }

  /** Forgets the timer. What was sealed stays sealed and stored. */
  stop(): void {
    this.#stopped = true
    this.#cancelTimer?.()
  }

  async #round(): Promise<Round> {
    try {
      const { waiting, refused } = await advanceWaitingTickets(this.#device)
      const report = await flushOutbox(this.#device)
      // another tab is at it; look again soon rather than believe it
      if (report === 'busy') return { trouble: 'busy', retryAfterMs: 0, refused }
      const trouble = report.trouble ?? (waiting > 0 ? 'not-reached' : null)
      return { trouble, retryAfterMs: report.retryAfterMs, refused }
    } catch {
      // storage trouble: the screen that owns the storage says so; delivering is tried again
      return { trouble: 'busy', retryAfterMs: 0, refused: [] }
    }
  }

  #tryLater(trouble: Trouble, retryAfterMs: number): void {
    const delayMs = retryDelayMs(this.#tries, trouble, retryAfterMs, this.#device.random.fraction())
    this.#tries += 1
    this.#cancelTimer?.()
    this.#cancelTimer = this.#device.clock.schedule(delayMs, () => void this.sendNow())
  }
}
