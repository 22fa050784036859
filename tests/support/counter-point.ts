import { randomBytes } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { buildCollector } from '#collector/http/collector'
import { openStores } from '#collector/installation/data-folder'
import type { Device } from '#device/device'
import type { TabletRecord } from '#device/store'
import { pickTicket, sealVisitor, storeVisitor } from '#device/tablet/counter'
import { enrolTablet } from '#device/tablet/tablet'
import { type EnrolmentLink, enrolmentHash } from '#protocol/counter'
import { makeRound } from './make-round.ts'
import { randomAnswers } from './random-answers.ts'
import { tempFolder } from './temp-folder.ts'

/** A round with visitors, its collector in this process, and links for tablets; days pass when they are told to. */
export async function servicePoint() {
  let now = Date.now()
  const stores = await openStores(tempFolder())
  const round = await makeRound(stores, { eligible: { 'eit-public': 400, 'eit-survey': 50 } })
  const app = await buildCollector({ ...stores, appFolder: null, now: () => now })
  onTestFinished(async () => {
    await app.close()
    await stores.end()
  })
  const { cid, mh } = round.campaign
  return {
    ...round,
    stores,
    app,
    tomorrow() {
      now += 86_400_000
    },
    async invite(quota: number): Promise<EnrolmentLink & { tid: Buffer }> {
      const token = new Uint8Array(randomBytes(16))
      const place = { lane: 'eit-public', point: 'เคาน์เตอร์ 1', quota } as const
      const tid = await stores.issuer.tablets.invite(cid, place, await enrolmentHash(cid, token))
      return { cid, mh, token, tid }
    },
  }
}

/** A device that opened a link. */
export async function enrolled(device: Device, link: EnrolmentLink): Promise<TabletRecord> {
  const outcome = await enrolTablet(device, link)
  if (outcome.outcome !== 'enrolled') throw new Error(JSON.stringify(outcome))
  return outcome.tablet
}

/** What a visitor answers. */
const chosen = () => ({ answers: randomAnswers('eit-2566'), coarse: { contact: 'service' } })

/** The next visitor seals; null when the wallet is empty. */
export async function sealNext(device: Device, tablet: TabletRecord): Promise<'sealed' | 'gone' | null> {
  const ticket = await pickTicket(device, tablet)
  return ticket && storeVisitor(device, await sealVisitor(device, tablet, ticket, chosen()))
}
