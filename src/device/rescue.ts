import { fromBase64Url, toBase64Url } from '#protocol/bytes'
import { canonicalHash, isRecord, parseJson } from '#protocol/json'
import type { BoxItem } from '#protocol/messages'
import { receiptOf } from '#protocol/receipt'
import { cipherTextLength, PADDED_SIZE, SIZES } from '#protocol/sizes'
import { nullifierOf } from '#protocol/ticket'
import type { Device } from './device.ts'
import { type OutboxRecord, RECORD_VERSION } from './store.ts'

/** Sealed responses that leave a broken tablet: nobody can read them, anybody may deliver them, once each. */
export interface RescueFile {
  readonly v: 1
  readonly kind: 'ita-rescue'
  readonly cid: string
  readonly items: readonly BoxItem[]
  /** SHA-256 of the items' canonical JSON: a file that was damaged on its way is noticed before anything of it is kept. */
  readonly hash: string
}

export type RescueOutcome =
  | { readonly outcome: 'taken'; readonly added: number; readonly known: number }
  /** Another campaign, another program, or cut off: nothing was taken. */
  | { readonly outcome: 'not-a-rescue-file' }

/** All that waits on this device, by campaign: for a file, or for pictures. The device keeps it until the collector says it is kept. */
export async function makeRescue(device: Device): Promise<RescueFile[]> {
  const records = await device.store.transact('relaxed', ['outbox'], (tx) => tx.all('outbox'))
  // sorted by the ticket's random bytes: a file, too, must not remember the order of visitors
  const items = [...records].sort((a, b) => (a.input < b.input ? -1 : 1)).map(bareItem)
  // one that was damaged where it is stored must not take the others with it; the officer's page tells of it
  const whole = items.filter(({ item }) => isItem(item))
  const campaigns = [...new Set(whole.map(({ cid }) => cid))]
  return Promise.all(
    campaigns.map(async (cid) => {
      const own = whole.filter((one) => one.cid === cid).map(({ item }) => item)
      return { v: 1, kind: 'ita-rescue', cid, items: own, hash: await canonicalHash(own) } as const
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

/** The same for responses that came as pictures, one by one. */
export async function takeItems(
  device: Device,
  cid: string,
  items: readonly BoxItem[],
): Promise<Extract<RescueOutcome, { outcome: 'taken' }>> {
  const records = await Promise.all(items.map((item) => recordOf(cid, item)))
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
    return { outcome: 'taken', added: fresh.length, known: records.length - fresh.length }
  })
}

async function recordOf(cid: string, item: BoxItem): Promise<OutboxRecord> {
  const nullifier = await nullifierOf(fromBase64Url(item.input, SIZES.ticketInput) ?? new Uint8Array())
  const id = `rescued-${toBase64Url(nullifier)}`
  return { ...item, id, v: RECORD_VERSION, cid, receipt: receiptOf(nullifier), state: 'waiting', rescued: true }
}

/** All of a file or nothing of it: half a file is a file that broke on its way. */
async function readRescue(file: Uint8Array): Promise<RescueFile | null> {
  const value = parseJson(file)
  if (!isRecord(value) || value.v !== 1 || value.kind !== 'ita-rescue' || !Array.isArray(value.items)) return null
  const rightCampaign = fromBase64Url(value.cid, SIZES.campaignId) !== null
  if (!rightCampaign || !value.items.every(isItem) || (await canonicalHash(value.items)) !== value.hash) return null
  return value as unknown as RescueFile
}

function isItem(value: unknown): value is BoxItem {
  if (!isRecord(value) || Object.keys(value).sort().join() !== 'ct,enc,input,sig') return false
  const rightTicket = fromBase64Url(value.input, SIZES.ticketInput) && fromBase64Url(value.sig, SIZES.signature)
  const rightSeal = fromBase64Url(value.enc, SIZES.encapsulatedKey) !== null && typeof value.ct === 'string'
  return rightTicket !== null && rightSeal && String(value.ct).length === cipherTextLength(PADDED_SIZE)
}
