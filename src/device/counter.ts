import { bangkokDay } from '#protocol/day'
import { loadKnownCampaign } from './campaign.ts'
import type { Device } from './device.ts'
import type { Draft } from './draft.ts'
import { sealDraft } from './seal.ts'
import { RECORD_VERSION, type ReadyTicket, type TabletRecord, type TodayRecord, type Transaction } from './store.ts'
import { walletTickets } from './wallet.ts'

/** What an officer sees at a glance. The difference is zero, or something needs to be explained. */
export interface CounterStatus {
  readonly wallet: number
  readonly all: CounterCounts
  readonly today: Pick<CounterCounts, 'collected' | 'delivered'>
  /** Taken over from another tablet: they count there, not here. */
  readonly rescued: { readonly waiting: number; readonly delivered: number }
  readonly turnedAway: number
  readonly abandoned: number
  readonly contactMs: number | null
}

export interface CounterCounts {
  readonly collected: number
  readonly delivered: number
  readonly waiting: number
  /** Set aside: the collector refused them. */
  readonly refused: number
}

/** A ticket for the visitor who is about to seal; null when the wallet is empty. */
export async function pickTicket(device: Device, tablet: TabletRecord): Promise<ReadyTicket | null> {
  const tickets = await walletTickets(device, tablet)
  return tickets[Math.floor(device.random.fraction() * tickets.length)] ?? null
}

/**
 * Seals a visitor's answers with the ticket of this visit. Tried again after a failure it must be the same ticket: a storage
 * that answered too late may have kept the first try, and with another ticket the visitor would count twice. `gone` when
 * another tab used the ticket first.
 */
export async function sealVisitor(
  device: Device,
  tablet: TabletRecord,
  ticket: ReadyTicket,
  chosen: Draft,
): Promise<'sealed' | 'gone'> {
  const campaign = await loadKnownCampaign(device, tablet.cid)
  if (!campaign) throw new Error('the campaign of this tablet is not stored')
  try {
    await sealDraft(device, campaign, ticket, chosen)
    return 'sealed'
  } catch (error) {
    if (error instanceof Error && error.message.includes('another tab')) return 'gone'
    throw error
  }
}

/** Notes a visitor who need not answer, or who walked away. Nothing of what they said is noted. */
export async function noteVisitor(device: Device, what: 'turnedAway' | 'abandoned'): Promise<void> {
  await device.store.transact('relaxed', ['today', 'outbox', 'receipts'], async (tx) => {
    const today = await todayIn(device, tx)
    await tx.put('today', { ...today, [what]: today[what] + 1 })
  })
}

/** Notes that the collector answered just now. */
export async function noteContact(device: Device): Promise<void> {
  await device.store.transact('relaxed', ['today', 'outbox', 'receipts'], async (tx) => {
    await tx.put('today', { ...(await todayIn(device, tx)), contactMs: device.clock.now() })
  })
}

/** Reads all counts together. Collected is what is delivered, waiting or refused: there is no other counter to disagree with. */
export async function readCounter(device: Device, tablet: TabletRecord): Promise<CounterStatus> {
  const wallet = (await walletTickets(device, tablet)).length
  // a full storage takes no new day, but it must still show what is in it: the rescue file is behind these numbers
  return readCounts(device, wallet, true).catch(() => readCounts(device, wallet, false))
}

function readCounts(device: Device, wallet: number, mayWrite: boolean): Promise<CounterStatus> {
  return device.store.transact('relaxed', ['today', 'outbox', 'receipts'], async (tx) => {
    const all = await countsIn(tx)
    const { before, turnedAway, abandoned, contactMs } = await todayIn(device, tx, mayWrite)
    const today = { collected: all.collected - before.collected, delivered: all.delivered - before.delivered }
    return { wallet, all, today, rescued: await rescuedIn(tx), turnedAway, abandoned, contactMs }
  })
}

async function countsIn(tx: Transaction): Promise<CounterCounts> {
  const outbox = (await tx.all('outbox')).filter(({ rescued }) => !rescued)
  const receipts = (await tx.all('receipts')).filter(({ rescued }) => !rescued)
  const refused = outbox.filter(({ state }) => state === 'refused').length
  const waiting = outbox.length - refused
  return { collected: receipts.length + outbox.length, delivered: receipts.length, waiting, refused }
}

async function rescuedIn(tx: Transaction): Promise<CounterStatus['rescued']> {
  const waiting = (await tx.all('outbox')).filter(({ rescued }) => rescued).length
  return { waiting, delivered: (await tx.all('receipts')).filter(({ rescued }) => rescued).length }
}

/** Today's record; a new day begins where the last one ended. By the tablet's clock: a wrong one mislabels the day, never the counts. */
async function todayIn(device: Device, tx: Transaction, mayWrite = true): Promise<TodayRecord> {
  const day = bangkokDay(device.clock.now())
  const stored = await tx.get('today', 'today')
  if (stored?.day === day) return stored
  const { collected, delivered } = await countsIn(tx)
  const contactMs = stored?.contactMs ?? null
  const today = {
    id: 'today',
    v: RECORD_VERSION,
    day,
    before: { collected, delivered },
    turnedAway: 0,
    abandoned: 0,
    contactMs,
  }
  if (mayWrite) await tx.put('today', today)
  return today
}
