import { toBase64Url } from '#protocol/bytes'
import { codeHash, makeCode } from '#protocol/code'
import { type CodesRequest, codesMessage, readCodesAnswer } from '#protocol/counter'
import { readRefusal } from '#protocol/messages'
import { CODE_LENGTH } from '#protocol/sizes'
import { askCollector } from '../ask-collector.ts'
import { campaignIdBytes } from '../campaign.ts'
import type { Device } from '../device.ts'
import { type CodeRecord, RECORD_VERSION, type TabletRecord } from '../store.ts'
import { signAsTablet } from './tablet.ts'

/** Enough for a while without a network; they come out of the day's quota. */
const STOCK = 8

/** Keeps a few codes for visitors who answer on their own phones. False when it could not; what was made is registered later. */
export async function stockCodes(device: Device, tablet: TabletRecord): Promise<boolean> {
  const enrolment = tablet.enrolment
  if (enrolment?.lane !== 'eit-public') return true
  const codes = await ownCodes(device, tablet)
  const missing = Math.min(STOCK, enrolment.quota) - codes.length
  // made and stored before they are registered: a lost answer is asked for again with the same codes
  const fresh = Array.from({ length: Math.max(0, missing) }, (): CodeRecord => {
    const id = makeCode(enrolment.lane, device.random.bytes(CODE_LENGTH - 1))
    return { id, v: RECORD_VERSION, cid: tablet.cid, lane: enrolment.lane, registered: false }
  })
  await device.store.transact('strict', ['codes'], async (tx) => {
    for (const code of fresh) await tx.put('codes', code)
  })
  const waiting = [...codes, ...fresh].filter(({ registered }) => !registered)
  return (await registerAll(device, tablet, waiting)) === 'registered'
}

type Registering = 'registered' | 'quota-used' | 'later'

/**
 * What does not fit into the day's quota is asked for by halves; what does not fit even alone was never good for anything and
 * goes. A half whose answer was lost stays: asked for again with the same codes, it costs nothing.
 */
async function registerAll(device: Device, tablet: TabletRecord, codes: readonly CodeRecord[]): Promise<Registering> {
  if (codes.length === 0) return 'registered'
  const outcome = await register(device, tablet, codes)
  if (outcome !== 'quota-used') return outcome
  const middle = Math.floor(codes.length / 2)
  if (middle > 0) {
    const first = await registerAll(device, tablet, codes.slice(0, middle))
    if (first === 'registered') return registerAll(device, tablet, codes.slice(middle))
    if (first === 'later') return first
  }
  await device.store.transact('strict', ['codes'], async (tx) => {
    for (const { id } of codes.slice(middle)) await tx.delete('codes', id)
  })
  return 'quota-used'
}

/** Codes of this tablet's campaign; what an earlier place left is forgotten. */
async function ownCodes(device: Device, tablet: TabletRecord): Promise<CodeRecord[]> {
  return device.store.transact('strict', ['codes'], async (tx) => {
    const codes = await tx.all('codes')
    for (const { id } of codes.filter(({ cid }) => cid !== tablet.cid)) await tx.delete('codes', id)
    return codes.filter(({ cid }) => cid === tablet.cid)
  })
}

async function register(device: Device, tablet: TabletRecord, codes: readonly CodeRecord[]): Promise<Registering> {
  const cid = campaignIdBytes(tablet.cid)
  const hashes = await Promise.all(codes.map(async ({ id }) => toBase64Url(await codeHash(cid, id))))
  const asked = { cid: tablet.cid, tablet: tablet.enrolment?.tablet ?? '', hashes: hashes.sort() }
  const sig = await signAsTablet(tablet, codesMessage(asked))
  const body = JSON.stringify({ ...asked, sig } satisfies CodesRequest)
  const reply = await askCollector(device, '/v2/codes', body)
  const done = reply.reached && reply.json && reply.status === 200 && readCodesAnswer(reply.body, codes.length)
  if (!done) return reply.reached && reply.json && readRefusal(reply.body) === 'quota-used' ? 'quota-used' : 'later'
  await device.store.transact('strict', ['codes'], async (tx) => {
    for (const code of codes) {
      if (await tx.get('codes', code.id)) await tx.put('codes', { ...code, registered: true })
    }
  })
  return 'registered'
}

/** Takes a code out of the stock to show it: it is never shown to anybody else. Null when there is none. */
export async function takeCode(device: Device, tablet: TabletRecord): Promise<string | null> {
  return device.store.transact('strict', ['codes'], async (tx) => {
    const codes = await tx.all('codes')
    const ready = codes.find(({ registered, cid }) => registered && cid === tablet.cid)
    if (ready) await tx.delete('codes', ready.id)
    return ready?.id ?? null
  })
}
