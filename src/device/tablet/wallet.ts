import { type Bytes, toBase64Url } from '#protocol/bytes'
import { MAX_REFILL, type RefillRequest, readRefill, refillMessage } from '#protocol/counter'
import type { ManifestLane } from '#protocol/manifest'
import { readRefusal } from '#protocol/messages'
import { askCollector } from '../ask-collector.ts'
import { loadKnownCampaign } from '../campaign.ts'
import type { Device } from '../device.ts'
import { RECORD_VERSION, type ReadyTicket, type RefillRecord, type TabletRecord } from '../store.ts'
import { blindedOf, blindPair, unblindPair } from '../ticket-pair.ts'
import { noteRevoked, signAsTablet } from './tablet.ts'

/** What a refill came to. */
export type RefillOutcome = 'full' | 'quota-used' | 'revoked' | 'closed' | 'not-reached'

/** Below three quarters of a day's quota the wallet is filled again: not after each visitor, whose time that would tell. */
const REFILL_BELOW = 0.75

/** Tickets of this tablet that are not used yet. */
export async function walletTickets(device: Device, tablet: TabletRecord): Promise<ReadyTicket[]> {
  const tickets = await device.store.transact('relaxed', ['tickets'], (tx) => tx.all('tickets'))
  return tickets.filter(
    (ticket): ticket is ReadyTicket =>
      ticket.state === 'ready' && ticket.cid === tablet.cid && ticket.lane === tablet.enrolment?.lane,
  )
}

/** Whether the wallet should be filled now: also when a refill was torn in the middle. */
export async function wantsRefill(device: Device, tablet: TabletRecord): Promise<boolean> {
  const quota = tablet.enrolment?.quota ?? 0
  return (
    (await pendingRefill(device, tablet)) !== null ||
    (await walletTickets(device, tablet)).length < quota * REFILL_BELOW
  )
}

/** Fills the wallet to a day's quota, some tickets at a time; each part is stored before it is asked for and asked for until answered. */
export async function refillWallet(device: Device, tablet: TabletRecord): Promise<RefillOutcome> {
  const quota = tablet.enrolment?.quota ?? 0
  let most = MAX_REFILL
  while (true) {
    const pending = await pendingRefill(device, tablet)
    const wanted = Math.min(most, quota - (await walletTickets(device, tablet)).length)
    if (!pending && wanted <= 0) return 'full'
    const refill = pending ?? (await prepareRefill(device, tablet, wanted))
    if (!refill) return 'not-reached'
    const outcome = await askForTickets(device, tablet, refill)
    if (outcome === 'filled') continue
    if (outcome !== 'quota-used' || refill.items.length === 1) return outcome
    // fewer may still fit into the day
    most = Math.floor(refill.items.length / 2)
  }
}

/** A refill of this enrolment that was not answered for yet; what an earlier enrolment left is worth nothing and goes. */
async function pendingRefill(device: Device, tablet: TabletRecord): Promise<RefillRecord | null> {
  return device.store.transact('strict', ['refills'], async (tx) => {
    const refills = await tx.all('refills')
    for (const other of refills.filter((refill) => refill.tablet !== tablet.enrolment?.tablet)) {
      await tx.delete('refills', other.id)
    }
    return refills.find((refill) => refill.tablet === tablet.enrolment?.tablet) ?? null
  })
}

async function prepareRefill(device: Device, tablet: TabletRecord, count: number): Promise<RefillRecord | null> {
  const [lane, keys] = [tablet.enrolment?.lane, await laneKeys(device, tablet)]
  if (!lane || !keys) return null
  const items: RefillRecord['items'][number][] = []
  for (let made = 0; made < count; made += 1) items.push(await blindPair(device, tablet.cid, lane, keys))
  const id = toBase64Url(device.random.bytes(16))
  const refill: RefillRecord = { id, v: RECORD_VERSION, tablet: tablet.enrolment?.tablet ?? '', items }
  await device.store.transact('strict', ['refills'], (tx) => tx.put('refills', refill))
  return refill
}

async function askForTickets(
  device: Device,
  tablet: TabletRecord,
  refill: RefillRecord,
): Promise<RefillOutcome | 'filled'> {
  const asked = {
    cid: tablet.cid,
    tablet: tablet.enrolment?.tablet ?? '',
    blinded: refill.items.map(blindedOf),
  }
  const sig = await signAsTablet(tablet, refillMessage(asked))
  const body = JSON.stringify({ ...asked, sig } satisfies RefillRequest)
  const reply = await askCollector(device, '/v2/wallet', body)
  if (!reply.reached || !reply.json) return 'not-reached'
  const said = readRefusal(reply.body)
  if (said !== null) return settleRefusal(device, tablet, refill, said)
  const signed = reply.status === 200 ? readRefill(reply.body, refill.items.length) : null
  return signed ? keepTickets(device, tablet, refill, signed) : 'not-reached'
}

async function settleRefusal(
  device: Device,
  tablet: TabletRecord,
  refill: RefillRecord,
  said: string,
): Promise<RefillOutcome> {
  if (said === 'quota-used' || said === 'bad-request') {
    await device.store.transact('strict', ['refills'], (tx) => tx.delete('refills', refill.id))
    return said === 'quota-used' ? 'quota-used' : 'not-reached'
  }
  if (said === 'tablet-revoked' || said === 'tablet-unknown') {
    await noteRevoked(device, tablet)
    await device.store.transact('strict', ['refills'], (tx) => tx.delete('refills', refill.id))
    return 'revoked'
  }
  // after the issue window the tickets in the wallet are still good
  if (said === 'issue-closed') return 'quota-used'
  return said === 'campaign-closed' ? 'closed' : 'not-reached'
}

/** All signatures of a refill or none: a damaged answer is no answer, and asking again costs nothing. */
async function keepTickets(
  device: Device,
  tablet: TabletRecord,
  refill: RefillRecord,
  signed: readonly { readonly outer: Bytes; readonly inner: Bytes }[],
): Promise<'filled' | 'not-reached'> {
  const [lane, keys] = [tablet.enrolment?.lane, await laneKeys(device, tablet)]
  if (!lane || !keys) return 'not-reached'
  const tickets: ReadyTicket[] = []
  for (const [index, blanks] of refill.items.entries()) {
    const signatures = signed[index]
    const pair = signatures && (await unblindPair(blanks, signatures, keys))
    if (!pair) return 'not-reached'
    const id = toBase64Url(device.random.bytes(16))
    tickets.push({ id, v: RECORD_VERSION, cid: tablet.cid, lane, slip: '', state: 'ready', ...pair })
  }
  await device.store.transact('strict', ['refills', 'tickets'], async (tx) => {
    // two tabs may have asked alike: only one of them keeps the tickets
    if (!(await tx.get('refills', refill.id))) return
    for (const ticket of tickets) await tx.put('tickets', ticket)
    await tx.delete('refills', refill.id)
  })
  return 'filled'
}

async function laneKeys(device: Device, tablet: TabletRecord): Promise<ManifestLane | undefined> {
  const campaign = await loadKnownCampaign(device, tablet.cid)
  return tablet.enrolment ? campaign?.manifest.lanes[tablet.enrolment.lane] : undefined
}
