import * as v from 'valibot'
import { fromBase64Url, toBase64Url } from '#protocol/bytes'
import { canonicalHash, parseJson } from '#protocol/json'
import type { Lane } from '#protocol/lane'
import type { Campaign } from '#protocol/manifest'
import { BOX_ITEM, type BoxItem } from '#protocol/messages'
import { receiptOf } from '#protocol/receipt'
import { bytesText, type Described, isDescribed } from '#protocol/shapes'
import { SIZES } from '#protocol/sizes'
import { makeTicketVerifier, nullifierOf, ticketLane } from '#protocol/ticket'
import { loadKnownCampaign } from '../campaign.ts'
import type { Device } from '../device.ts'
import { type OutboxRecord, RECORD_VERSION } from '../store.ts'

const RESCUE_FILE = v.strictObject({
  v: v.literal(2),
  kind: v.literal('ita-rescue'),
  cid: bytesText(SIZES.campaignId),
  items: v.array(BOX_ITEM),
  /** SHA-256 of the items' canonical JSON: a file that was damaged on its way is noticed before anything of it is kept. */
  hash: bytesText(32),
})

/** Sealed responses that leave a broken tablet: nobody can read them, anybody may deliver them, once each. */
export type RescueFile = Described<typeof RESCUE_FILE>

export type RescueOutcome =
  | {
      readonly outcome: 'taken'
      readonly added: number
      readonly known: number
      /** Their tickets are not the issuer's: somebody made them up, and nothing of them was kept. */
      readonly invalid: number
    }
  /** Of a campaign this device does not know: it could not tell a ticket from noise. Nothing was taken. */
  | { readonly outcome: 'other-campaign' }
  /** Another program, or cut off: nothing was taken. */
  | { readonly outcome: 'not-a-rescue-file' }

/** All that waits on this device, by campaign: for a file, or for pictures. The device keeps it until the collector says it is kept. */
export async function makeRescue(device: Device): Promise<RescueFile[]> {
  const records = await device.store.transact('relaxed', ['outbox'], (tx) => tx.all('outbox'))
  // sorted by the ticket's random bytes: a file, too, must not remember the order of visitors
  const items = [...records].sort((a, b) => (a.input < b.input ? -1 : 1)).map(bareItem)
  // one that was damaged where it is stored must not take the others with it; the officer's page tells of it
  const whole = items.filter(({ item }) => isDescribed(BOX_ITEM, item))
  const campaigns = [...new Set(whole.map(({ cid }) => cid))]
  return Promise.all(
    campaigns.map(async (cid) => {
      const own = whole.filter((one) => one.cid === cid).map(({ item }) => item)
      return { v: 2, kind: 'ita-rescue', cid, items: own, hash: await canonicalHash(own) } as const
    }),
  )
}

function bareItem({ cid, input, sig, enc, ct }: OutboxRecord): { cid: string; item: BoxItem } {
  return { cid, item: { input, sig, enc, ct } }
}

/**
 * Takes over what another tablet could not deliver. Safe to do twice, and while the first tablet comes back: each response
 * goes by the name of its ticket, here and in the box.
 */
export async function takeRescue(device: Device, file: Uint8Array): Promise<RescueOutcome> {
  const rescue = await readRescue(file)
  return rescue ? takeItems(device, rescue.cid, rescue.items) : { outcome: 'not-a-rescue-file' }
}

/**
 * The same for responses that came as pictures, one by one. A camera sees whatever is held before it, so each ticket is
 * checked before anything is stored: a stranger's screen must not fill this tablet.
 */
export async function takeItems(
  device: Device,
  cid: string,
  items: readonly BoxItem[],
): Promise<Exclude<RescueOutcome, { outcome: 'not-a-rescue-file' }>> {
  const campaign = await loadKnownCampaign(device, cid)
  if (!campaign) return { outcome: 'other-campaign' }
  const valid = await withValidTickets(campaign, items)
  const records = await Promise.all(valid.map((item) => recordOf(cid, item)))
  return device.store.transact('strict', ['outbox', 'receipts'], async (tx) => {
    const receipts = new Set((await tx.all('receipts')).map(({ id }) => id))
    const outbox = new Map((await tx.all('outbox')).map((record) => [record.receipt, record]))
    const isKnown = (receipt: string) => {
      const here = outbox.get(receipt)
      // a copy that was refused does not stand in the way of a better one
      const isBadCopy = here?.rescued && here.state === 'refused'
      return receipts.has(receipt) || (here !== undefined && !isBadCopy)
    }
    const fresh = records.filter(({ receipt }) => !isKnown(receipt))
    for (const record of fresh) await tx.put('outbox', record)
    const [added, known] = [fresh.length, records.length - fresh.length]
    return { outcome: 'taken', added, known, invalid: items.length - valid.length }
  })
}

/** Those whose outer ticket the issuer of their lane signed. */
async function withValidTickets({ manifest, cid }: Campaign, items: readonly BoxItem[]): Promise<BoxItem[]> {
  const verifiers = new Map<Lane, Awaited<ReturnType<typeof makeTicketVerifier>>>()
  const valid: BoxItem[] = []
  for (const item of items) {
    const [input, sig] = [fromBase64Url(item.input, SIZES.ticketInput), fromBase64Url(item.sig, SIZES.signature)]
    const lane = input && ticketLane('outer', cid, input)
    const key = lane && manifest.lanes[lane]?.issuerKey
    if (!input || !sig || !lane || !key) continue
    const verify = verifiers.get(lane) ?? (await makeTicketVerifier(key))
    verifiers.set(lane, verify)
    if (await verify(input, sig)) valid.push(item)
  }
  return valid
}

async function recordOf(cid: string, item: BoxItem): Promise<OutboxRecord> {
  const nullifier = await nullifierOf(fromBase64Url(item.input, SIZES.ticketInput) ?? new Uint8Array())
  const id = `rescued-${toBase64Url(nullifier)}`
  return { ...item, id, v: RECORD_VERSION, cid, receipt: receiptOf(nullifier), state: 'waiting', rescued: true }
}

/** All of a file or nothing of it: half a file is a file that broke on its way. */
async function readRescue(file: Uint8Array): Promise<RescueFile | null> {
  const value = parseJson(file)
  return isDescribed(RESCUE_FILE, value) && (await canonicalHash(value.items)) === value.hash ? value : null
}
