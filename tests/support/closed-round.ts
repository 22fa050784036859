import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { StoredCampaign } from '#collector/campaigns/campaign-register'
import { openStores, type Stores } from '#collector/installation/data-folder'
import { closeCampaign } from '#collector/rounds/campaign-life'
import { type Bytes, concat, fromBase64Url } from '#protocol/bytes'
import { keyRoundOf } from '#protocol/key-file'
import { commitmentsTo, splitKey, wrapShare } from '#protocol/key-share'
import type { Lane } from '#protocol/lane'
import { type Campaign, lanesOf } from '#protocol/manifest'
import { encodePayload } from '#protocol/payload'
import { seal } from '#protocol/sealed-box'
import { SIZES } from '#protocol/sizes'
import type { Response } from '#results/open-responses'
import { directTicket } from './direct-response.ts'
import { freePort, serve } from './ita.ts'
import { makeRound } from './make-round.ts'
import { tempFolder } from './temp-folder.ts'

export const HOLDER_PASSPHRASES = ['ผู้ถือกุญแจคนที่หนึ่ง', 'ผู้ถือกุญแจคนที่สอง', 'ผู้ถือกุญแจคนที่สาม'] as const

/** Puts responses into the box as if they had been delivered, or any bytes in their place. */
async function fillBox(
  stores: Stores,
  campaign: StoredCampaign,
  responses: readonly (Response | { readonly lane: Lane; readonly sealed: Uint8Array })[],
): Promise<void> {
  const { cid, mh, manifest } = campaign
  const boxKey = fromBase64Url(manifest.boxKey, SIZES.boxPublicKey) as Uint8Array
  await Promise.all(
    responses.map(async (one) => {
      const sealed = 'sealed' in one ? one.sealed : await sealedBytes(one)
      await stores.box.keep({ cid, lane: one.lane, nf: randomBytes(32), sealed })
    }),
  )
  async function sealedBytes({ lane, answers, coarse = {} }: Response): Promise<Uint8Array> {
    const keys = await stores.issuer.keys.of(cid, lane)
    if (!keys) throw new Error('no keys')
    const form = manifest.lanes[lane]?.form.id ?? ''
    const ticket = await directTicket('inner', campaign, lane, keys)
    const { enc, ct } = await seal(
      boxKey,
      { cid, mh },
      encodePayload({ v: 2, form, part: lane, answers, coarse }, ticket, manifest.size),
    )
    return concat(enc, ct)
  }
}

/** A machine that stops in the middle of closing: nothing is taken any more, and what is in the box is not written down. */
export async function cutOffWhileClosing(stores: Stores, { cid, manifest }: StoredCampaign): Promise<void> {
  await stores.acts.write({ by: 'test', act: 'answers-closed', campaign: manifest.cid })
  await stores.issuer.destroyCampaign(cid, lanesOf(manifest))
  for (const half of [stores.issuer, stores.box]) await half.campaigns.move(cid, 'answers-closed')
}

/** The files of three key holders, two of whom open the box. */
export async function writeKeyFiles(folder: string, campaign: Campaign, privateKey: Bytes): Promise<string[]> {
  const shares = await splitKey(privateKey, 3, 2)
  const commitments = await commitmentsTo(shares)
  return Promise.all(
    shares.map(async (share, at) => {
      const place = { ...keyRoundOf(campaign), threshold: 2, shares: 3, index: at + 1, commitments }
      const file = join(folder, `key-${at + 1}.json`)
      writeFileSync(file, JSON.stringify(await wrapShare(share, place, HOLDER_PASSPHRASES[at] ?? '')))
      return file
    }),
  )
}

/** A closed round with these responses, three key holders' files, and a collector that serves it. */
export async function closedRound(
  responses: readonly (Response | { readonly lane: Lane; readonly sealed: Uint8Array })[],
  eligible: Readonly<Partial<Record<Lane, number>>> = { iit: 20, 'eit-public': 40, 'eit-survey': 30 },
  close = (stores: Stores, campaign: StoredCampaign) => closeCampaign(stores, campaign, 'test'),
) {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const stores = await openStores(data)
  const { campaign, privateKey } = await makeRound(stores, { eligible, openPerDay: 50 })
  await fillBox(stores, campaign, responses)
  await close(stores, campaign)
  await stores.end()
  const keys = await writeKeyFiles(folder, campaign, privateKey)
  const collector = await serve(data, await freePort())
  onTestFinished(() => collector.kill())
  return { folder, data, campaign, keys, collector, privateKey }
}
