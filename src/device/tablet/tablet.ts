import { fromBase64Url, toBase64Url } from '#protocol/bytes'
import { COUNTER_SIZES, type EnrolmentLink, type EnrolRequest, readEnrolment } from '#protocol/counter'
import { readRefusal } from '#protocol/messages'
import { SIZES } from '#protocol/sizes'
import { askCollector } from '../ask-collector.ts'
import { loadCampaign } from '../campaign.ts'
import type { Device } from '../device.ts'
import { type EnrolRefusal, overAfter } from '../refusals.ts'
import { RECORD_VERSION, type TabletRecord } from '../store.ts'

export type EnrolOutcome =
  | { readonly outcome: 'enrolled'; readonly tablet: TabletRecord }
  | { readonly outcome: 'refused'; readonly reason: EnrolRefusal }
  | { readonly outcome: 'not-reached' }

/** This tablet, or null when it was never enrolled. */
export function readTablet(device: Device): Promise<TabletRecord | null> {
  return device.store.transact('relaxed', ['tablet'], async (tx) => (await tx.get('tablet', 'tablet')) ?? null)
}

/** Changes this tablet's record as it is now: a PIN may have been set meanwhile, or another place taken. */
export async function changeTablet(device: Device, change: (now: TabletRecord) => TabletRecord): Promise<void> {
  await device.store.transact('strict', ['tablet'], async (tx) => {
    const now = await tx.get('tablet', 'tablet')
    if (now) await tx.put('tablet', change(now))
  })
}

/** The tablet's signature of a message, base64url: ECDSA P-256, SHA-256, IEEE P1363. */
export async function signAsTablet({ signingKey }: TabletRecord, message: Uint8Array<ArrayBuffer>): Promise<string> {
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, signingKey, message)
  return toBase64Url(new Uint8Array(signature))
}

/** A link that was opened and never answered for, because the network or the page went away. */
export async function unansweredLink(device: Device): Promise<EnrolmentLink | null> {
  const asking = await device.store.transact('relaxed', ['tablet'], (tx) => tx.get('tablet', 'asking'))
  if (!asking) return null
  const cid = fromBase64Url(asking.cid, SIZES.campaignId)
  const mh = fromBase64Url(asking.mh, SIZES.manifestHash)
  const token = fromBase64Url(asking.token, COUNTER_SIZES.token)
  return cid && mh && token ? { cid, mh, token } : null
}

/** Forgets a link that was never answered for: the tablet keeps the place it has. */
export async function forgetLink(device: Device): Promise<void> {
  await device.store.transact('strict', ['tablet'], (tx) => tx.delete('tablet', 'asking'))
}

/** Marks this place as revoked: it delivers what it has sealed and collects no more. */
export async function noteRevoked(device: Device, { enrolment }: TabletRecord): Promise<void> {
  await changeTablet(device, (now) =>
    now.enrolment?.tablet === enrolment?.tablet ? { ...now, state: 'revoked' } : now,
  )
}

/** Remembers whether the collector still takes answers of this tablet's campaign: offline, too, a closed round collects nothing. */
export async function noteClosed(device: Device, tablet: TabletRecord, closed: boolean): Promise<void> {
  if ((tablet.closed ?? false) === closed) return
  await changeTablet(device, ({ closed: _before, ...now }) =>
    closed && now.cid === tablet.cid ? { ...now, closed } : now,
  )
}

/**
 * Enrols this tablet with a link that is good once. The key is made and stored before it is sent, so that an answer lost
 * on the way is asked for again with the same key. A new link on an enrolled tablet gives it a new place and forgets its
 * PIN; what was sealed stays and is delivered.
 */
export async function enrolTablet(device: Device, link: EnrolmentLink): Promise<EnrolOutcome> {
  // first of all remembered: whoever has no network now opens the link once, not twice
  const tablet = await keyFor(device, link)
  const campaign = await loadCampaign(device, link.cid, link.mh)
  if (campaign.outcome === 'refused') await forgetLink(device)
  return campaign.outcome === 'ready' ? askToEnrol(device, tablet) : campaign
}

/** The key that goes with a link: stored beside the place this tablet has now, which stays until the new one is granted. */
async function keyFor(device: Device, { cid, mh, token }: EnrolmentLink): Promise<TabletRecord> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  const keys = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey))
  const record: TabletRecord = {
    id: 'asking',
    v: RECORD_VERSION,
    state: 'asking',
    cid: toBase64Url(cid),
    mh: toBase64Url(mh),
    token: toBase64Url(token),
    signingKey: keys.privateKey,
    publicKey: toBase64Url(point),
    enrolment: null,
    pin: null,
  }
  return device.store.transact('strict', ['tablet'], async (tx) => {
    // asked before, or by another tab just now: the collector must see one key only
    const asked = (await tx.all('tablet')).find((known) => known.token === record.token)
    if (!asked) await tx.put('tablet', record)
    return asked ?? record
  })
}

async function askToEnrol(device: Device, tablet: TabletRecord): Promise<EnrolOutcome> {
  if (tablet.state !== 'asking') return { outcome: 'enrolled', tablet }
  const { cid, token, publicKey: key } = tablet
  const reply = await askCollector(device, '/v2/enrol', JSON.stringify({ cid, token, key } satisfies EnrolRequest))
  if (!reply.reached || !reply.json) return { outcome: 'not-reached' }
  const reason = overAfter('link', readRefusal(reply.body))
  if (reason) {
    await device.store.transact('strict', ['tablet'], (tx) => tx.delete('tablet', 'asking'))
    return { outcome: 'refused', reason }
  }
  const enrolment = reply.status === 200 ? readEnrolment(reply.body) : null
  if (!enrolment) return { outcome: 'not-reached' }
  const enrolled: TabletRecord = { ...tablet, id: 'tablet', state: 'enrolled', enrolment }
  await device.store.transact('strict', ['tablet'], async (tx) => {
    await tx.put('tablet', enrolled)
    await tx.delete('tablet', 'asking')
  })
  return { outcome: 'enrolled', tablet: enrolled }
}
