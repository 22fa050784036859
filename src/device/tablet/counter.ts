import { bangkokDay } from '#protocol/day'
import { loadKnownCampaign } from '../campaign.ts'
import type { Device } from '../device.ts'
import type { Draft } from '../draft.ts'
import { sealResponse, storeSealed } from '../seal.ts'
import {
  type OutboxRecord,
  RECORD_VERSION,
  type ReadyTicket,
  type TabletRecord,
  type TodayRecord,
  type Transaction,
} from '../store.ts'
import { walletTickets } from './wallet.ts'

/** Where the counts are; read together, so that they agree. */
const COUNTED = ['today', 'outbox', 'receipts', 'quarantine'] as const

/** What an officer sees at a glance. The difference is zero, or something needs to be explained. */
export interface CounterStatus {
  readonly wallet: number
  readonly all: CounterCounts & Away
  readonly today: Pick<CounterCounts, 'collected' | 'delivered'>
  /** Taken over from another tablet: they count there, not here. */
  readonly rescued: { readonly waiting: number; readonly delivered: number }
  readonly turnedAway: number
  /** Pressed "start" today and neither sealed nor were turned away: they said stop, left, or the page was lost. */
  readonly abandoned: number
  readonly contactMs: number | null
}

export interface CounterCounts {
  readonly collected: number
  readonly delivered: number
  readonly waiting: number
  /** The collector refused them; they are kept. */
  readonly refused: number
  /** Stored by a newer version of the app than this one, which cannot read them. */
  readonly unreadable: number
  /** How many were refused for each reason, those taken over from another tablet too. */
  readonly refusedWhy: Readonly<Record<string, number>>
}

/** Visitors who said that they never used the service, and so were asked nothing. */
interface Away {
  readonly turnedAway: number
}

/** A ticket for the visitor who is about to seal; null when the wallet is empty. */
export async function pickTicket(device: Device, tablet: TabletRecord): Promise<ReadyTicket | null> {
  const tickets = await walletTickets(device, tablet)
  return tickets[Math.floor(device.random.fraction() * tickets.length)] ?? null
}

/** Seals a visitor's answers, and where they were given, with the ticket of this visit. Nothing is stored yet. */
export async function sealVisitor(
  device: Device,
  tablet: TabletRecord,
  ticket: ReadyTicket,
  chosen: Draft,
): Promise<OutboxRecord> {
  const campaign = await loadKnownCampaign(device, tablet.cid)
  if (!campaign) throw new Error('the campaign of this tablet is not stored')
  const point = campaign.manifest.points?.find(({ name }) => name === tablet.enrolment?.point)
  // the service point is the tablet's, not the visitor's: nobody is asked
  const coarse = point ? { ...chosen.coarse, point: point.id } : chosen.coarse
  return sealResponse(campaign, ticket, { ...chosen, coarse })
}

/**
 * Stores what a visitor sealed. Tried again after a failure it must be the very same: a storage that answered too late may
 * have kept the first try, and sealed with another ticket the visitor would count twice. `gone` when another tab used the
 * ticket first: then another visitor's answers are in its place.
 */
export async function storeVisitor(device: Device, sealed: OutboxRecord): Promise<'sealed' | 'gone'> {
  const stored = await storeSealed(device, sealed)
  return stored.outcome === 'sealed' && stored.record.ct === sealed.ct ? 'sealed' : 'gone'
}

/** Whether something sealed with this ticket is still here: somebody else's, when it is not the visitor's own. */
export async function isWaiting(device: Device, { id }: OutboxRecord): Promise<boolean> {
  return (await device.store.transact('relaxed', ['outbox'], (tx) => tx.get('outbox', id))) !== undefined
}

/** Notes that a visitor began, or need not answer. Nothing of what they said is noted. Throws a StorageError on a full storage. */
export async function noteVisitor(device: Device, what: 'begun' | 'turnedAway'): Promise<void> {
  await device.store.transact('relaxed', COUNTED, async (tx) => {
    const today = await todayIn(device, tx)
    await tx.put('today', { ...today, [what]: today[what] + 1 })
  })
}

/** Whether this tablet can store at all: learned before a visitor answers, not after. */
export function canStore(device: Device): Promise<boolean> {
  const probe = device.store.transact('relaxed', COUNTED, async (tx) => tx.put('today', await todayIn(device, tx)))
  return probe.then(
    () => true,
    () => false,
  )
}

/** Notes that the collector answered just now. */
export async function noteContact(device: Device): Promise<void> {
  await device.store.transact('relaxed', COUNTED, async (tx) => {
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
  return device.store.transact('relaxed', COUNTED, async (tx) => {
    const all = await countsIn(tx)
    const { before, begun, turnedAway, contactMs } = await todayIn(device, tx, mayWrite)
    const today = { collected: all.collected - before.collected, delivered: all.delivered - before.delivered }
    const abandoned = Math.max(0, begun - turnedAway - today.collected)
    const away = { turnedAway: before.turnedAway + turnedAway }
    return { wallet, all: { ...all, ...away }, today, rescued: await rescuedIn(tx), turnedAway, abandoned, contactMs }
  })
}

async function countsIn(tx: Transaction): Promise<CounterCounts> {
  const all = await tx.all('outbox')
  const outbox = all.filter(({ rescued }) => !rescued)
  const receipts = (await tx.all('receipts')).filter(({ rescued }) => !rescued)
  const refused = outbox.filter(({ state }) => state === 'refused')
  const refusedWhy: Record<string, number> = {}
  for (const { why = 'bad-request' } of all.filter(({ state }) => state === 'refused'))
    refusedWhy[why] = (refusedWhy[why] ?? 0) + 1
  const unreadable = (await tx.all('quarantine')).filter(({ table }) => table === 'outbox').length
  return {
    collected: receipts.length + outbox.length + unreadable,
    delivered: receipts.length,
    waiting: outbox.length - refused.length,
    refused: refused.length,
    unreadable,
    refusedWhy,
  }
}

async function rescuedIn(tx: Transaction): Promise<CounterStatus['rescued']> {
  const waiting = (await tx.all('outbox')).filter(({ rescued, state }) => rescued && state === 'waiting').length
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
    before: { collected, delivered, turnedAway: stored ? stored.before.turnedAway + stored.turnedAway : 0 },
    begun: 0,
    turnedAway: 0,
    contactMs,
  }
  if (mayWrite) await tx.put('today', today)
  return today
}
