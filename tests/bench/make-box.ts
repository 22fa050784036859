import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SeededRandom } from '#cli/demo/seeded-random'
import type { StoredCampaign } from '#collector/campaigns/campaign-register'
import { openStores } from '#collector/installation/data-folder'
import type { LaneSigningKeys } from '#collector/issuer/signing-keys'
import { closeCampaign } from '#collector/rounds/campaign-life'
import { concat, fromBase64Url } from '#protocol/bytes'
import { keyRoundOf } from '#protocol/key-file'
import { commitmentsTo, splitKey, wrapShare } from '#protocol/key-share'
import { encodePayload } from '#protocol/payload'
import { seal } from '#protocol/sealed-box'
import { SIZES } from '#protocol/sizes'
import { makeRound } from '#tests/support/make-round.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { fillBox } from './fill-box.ts'
import { innerTicket } from './inner-tickets.ts'

export const PASSPHRASES = ['a passphrase for one', 'a passphrase for two'] as const

/**
 * A closed round with so many responses in its box, and two holders' key files. Of `distinct` different ones, each as often as
 * needed: sealing a million takes half an hour.
 */
export async function makeBox(data: string, folder: string, count: number, distinct = count) {
  const stores = await openStores(data)
  const { campaign, privateKey } = await makeRound(stores, { eligible: { iit: 20 } })
  const signing = await stores.issuer.keys.of(campaign.cid, 'iit')
  await stores.end()
  if (!signing) throw new Error('no keys')
  console.log(`sealing ${distinct} responses …`)
  const different = await sealRows(campaign, signing, distinct)
  const rows = Array.from({ length: count }, (_, at) => different[at % distinct] ?? new Uint8Array())
  fillBox(data, campaign.cid, rows)
  const again = await openStores(data)
  await closeCampaign(again, campaign, 'bench')
  await again.end()
  const keys: string[] = []
  const shares = await splitKey(privateKey, 3, 2)
  const commitments = await commitmentsTo(shares)
  for (const [at, share] of shares.slice(0, 2).entries()) {
    const file = join(folder, `bench-key-${at + 1}.json`)
    const place = { ...keyRoundOf(campaign), threshold: 2, shares: 3, index: at + 1, commitments }
    writeFileSync(file, JSON.stringify(await wrapShare(share, place, PASSPHRASES[at] ?? '')))
    keys.push(file)
  }
  return { campaign, rows, privateKey, keys }
}

async function sealRows(campaign: StoredCampaign, signing: LaneSigningKeys, count: number): Promise<Uint8Array[]> {
  const boxKey = fromBase64Url(campaign.manifest.boxKey, SIZES.boxPublicKey) as Uint8Array
  const random = new SeededRandom(1)
  const rows: Uint8Array[] = []
  while (rows.length < count) {
    const some = Array.from({ length: Math.min(500, count - rows.length) }, async () => {
      const answers = randomAnswers('iit-2566', random)
      const ticket = await innerTicket(campaign, signing)
      const payload = { v: 2, form: 'iit-2566', part: 'iit', answers, coarse: {} } as const
      const { enc, ct } = await seal(boxKey, campaign, encodePayload(payload, ticket, campaign.manifest.size))
      return concat(enc, ct)
    })
    rows.push(...(await Promise.all(some)))
  }
  return rows
}
