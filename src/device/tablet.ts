import { toBase64Url } from '#protocol/bytes'
import { type EnrolmentLink, type EnrolRequest, readEnrolment } from '#protocol/counter'
import { readRefusal } from '#protocol/messages'
import { askCollector } from './ask-collector.ts'
import { loadCampaign } from './campaign.ts'
import type { Device } from './device.ts'
import { RECORD_VERSION, type TabletRecord } from './store.ts'

/** Why a link enrols nothing. */
export type EnrolRefusal =
  | 'enrolment-unknown'
  | 'enrolment-used'
  | 'campaign-unknown'
  | 'campaign-closed'
  | 'issue-closed'
  | 'issue-not-open'
  | 'manifest-mismatch'

export type EnrolOutcome =
  | { readonly outcome: 'enrolled'; readonly tablet: TabletRecord }
  | { readonly outcome: 'refused'; readonly reason: EnrolRefusal }
  | { readonly outcome: 'not-reached' }

const REFUSALS: readonly EnrolRefusal[] = [
  'enrolment-unknown',
  'enrolment-used',
  'campaign-unknown',
  'campaign-closed',
  'issue-closed',
  'issue-not-open',
]

/** This tablet, or null when it was never enrolled. */
export function readTablet(device: Device): Promise<TabletRecord | null> {
  return device.store.transact('relaxed', ['tablet'], async (tx) => (await tx.get('tablet', 'tablet')) ?? null)
}

/**
 * Enrols this tablet with a link that is good once. The key is made and stored before it is sent, so that an answer lost
 * on the way is asked for again with the same key. A new link on an enrolled tablet gives it a new place and forgets its
 * PIN; what was sealed stays and is delivered.
 */
export async function enrolTablet(device: Device, link: EnrolmentLink): Promise<EnrolOutcome> {
  const campaign = await loadCampaign(device, link.cid, link.mh)
  if (campaign.outcome !== 'ready') return campaign
  return askToEnrol(device, await keyFor(device, link))
}

/** The key that goes with a link: stored beside the place this tablet has now, which stays until the new one is granted. */
async function keyFor(device: Device, { cid, mh, token }: EnrolmentLink): Promise<TabletRecord> {
  const known = await device.store.transact('relaxed', ['tablet'], (tx) => tx.all('tablet'))
  const asked = known.find((record) => record.token === toBase64Url(token))
  if (asked) return asked
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
  await device.store.transact('strict', ['tablet'], (tx) => tx.put('tablet', record))
  return record
}

async function askToEnrol(device: Device, tablet: TabletRecord): Promise<EnrolOutcome> {
  if (tablet.state !== 'asking') return { outcome: 'enrolled', tablet }
  const { cid, token, publicKey: key } = tablet
  const reply = await askCollector(device, '/v1/enrol', JSON.stringify({ cid, token, key } satisfies EnrolRequest))
  if (!reply.reached || !reply.json) return { outcome: 'not-reached' }
  const said = readRefusal(reply.body)
  const reason = REFUSALS.find((one) => one === said)
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
