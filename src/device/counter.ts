import { bangkokDay } from '#protocol/day'
import { shuffled } from '#protocol/shuffled'
import { loadKnownCampaign } from './campaign.ts'
import type { Device } from './device.ts'
import type { Draft } from './draft.ts'
import { sealDraft } from './seal.ts'
import { type OutboxRecord, RECORD_VERSION, type TabletRecord, type TodayRecord, type Transaction } from './store.ts'
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

/** Seals a visitor's answers with any ticket of the wallet; null when the wallet is empty. */
export async function sealVisitor(device: Device, tablet: TabletRecord, chosen: Draft): Promise<OutboxRecord | null> {
  const campaign = await loadKnownCampaign(device, tablet.cid)
  if (!campaign) return null
  const below = (bound: number) => Math.floor(device.random.fraction() * bound)
  for (const ticket of shuffled(await walletTickets(device, tablet), below)) {
    const sealed = await sealDraft(device, campaign, ticket, chosen).catch((error: unknown) => {
      // used in another tab meanwhile: the next one does as well
      if (error instanceof Error && error.message.includes('another tab')) return null
      throw error
    })
    if (sealed) return sealed
  }
  return null
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
  return device.store.transact('relaxed', ['today', 'outbox', 'receipts'], async (tx) => {
    const all = await countsIn(tx)
    const { before, turnedAway, abandoned, contactMs } = await todayIn(device, tx)
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
async function todayIn(device: Device, tx: Transaction): Promise<TodayRecord> {
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
  await tx.put('today', today)
  return today
}
