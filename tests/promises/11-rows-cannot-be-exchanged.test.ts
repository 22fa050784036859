import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openStores } from '#collector/installation/data-folder'
import { closeCampaign } from '#collector/rounds/campaign-life'
import { flushOutbox } from '#device/delivery/flush'
import { concat, fromBase64Url, utf8 } from '#protocol/bytes'
import { encodePayload, type InnerTicket, type Payload } from '#protocol/payload'
import { seal } from '#protocol/sealed-box'
import { SIZES } from '#protocol/sizes'
import { BoxHash } from '#results/box-hash'
import { makeResponseOpener, type Opened } from '#results/open-responses'
import { Opening } from '#results/opening'
import { packedCount } from '#results/packed'
import { sealedLine } from '#results/sealed-line'
import { directTicket } from '#tests/support/direct-response.ts'
import { ita } from '#tests/support/ita.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { sealedOnDevice } from '#tests/support/sealed-on-device.ts'
import { type TestCampaign, testCampaign } from '#tests/support/test-campaign.ts'
import { testDevice } from '#tests/support/test-device.ts'

const PHONES = 12

/** A closed box with the answers of real phones. */
async function answeredBox(): Promise<TestCampaign> {
  const test = await testCampaign()
  for (let phone = 0; phone < PHONES; phone += 1) {
    const device = testDevice(test.app)
    await sealedOnDevice(device, test.slip('iit'), phone)
    expect(await flushOutbox(device)).toMatchObject({ kept: 1 })
  }
  return test
}

async function openingOf(test: TestCampaign): Promise<{ opening: Opening; opened: Opened[] }> {
  const stores = await openStores(test.folder)
  const openOne = await makeResponseOpener(test.campaign, await test.privateKey())
  const opening = new Opening(test.campaign)
  const opened: Opened[] = []
  for await (const sealed of stores.box.sealedRows(test.campaign.cid, 'iit'))
    opened.push(await openOne({ lane: 'iit', sealed }))
  opening.add(opened)
  await stores.end()
  return { opening, opened }
}

const payload = (): Payload => ({ v: 2, form: 'iit-2566', part: 'iit', answers: randomAnswers('iit-2566'), coarse: {} })

/** A row that anybody can make: the box's key is public. */
async function rowWith({ campaign }: TestCampaign, ticket: InnerTicket): Promise<Buffer> {
  const boxKey = fromBase64Url(campaign.manifest.boxKey, SIZES.boxPublicKey)
  if (!boxKey) throw new Error('no box key')
  const { enc, ct } = await seal(boxKey, campaign, encodePayload(payload(), ticket, campaign.manifest.size))
  return Buffer.from(concat(enc, ct))
}

/** Somebody who may write to the box's file. */
function writer({ folder }: TestCampaign) {
  return new Database(join(folder, 'box.sqlite'))
}

describe('answers in a closed box', () => {
  it('exchanged by whoever writes to its file count for nothing, and the opening stops', async () => {
    const test = await answeredBox()
    await closeCampaign(test.stores, test.campaign, 'test')
    const database = writer(test)
    const rids = database.prepare('SELECT rid FROM box').pluck().all() as Buffer[]
    for (const rid of rids) {
      const forged = await rowWith(test, { input: randomBytes(SIZES.ticketInput), sig: randomBytes(SIZES.signature) })
      database.prepare('UPDATE box SET sealed = ? WHERE rid = ?').run(forged, rid)
    }
    database.close()
    const { opening } = await openingOf(test)
    expect([opening.counted, opening.spoiled]).toEqual([0, PHONES])
    expect(opening.release().spoiled).toEqual([{ reason: 'no-inner-ticket', n: PHONES }])
    const opened = await ita(
      [
        ...['open', '--data', test.folder, '--campaign', test.campaign.manifest.cid],
        ...['--key', join(test.folder, 'demo', 'key-1.json'), '--out', join(test.folder, 'out')],
      ],
      { ITA_PASSPHRASE: 'demo' },
    )
    expect(opened).toMatchObject({ code: 1, stderr: expect.stringContaining('not the one that was closed') })
    const audited = await ita(['audit', '--data', test.folder])
    expect(audited.stderr).toContain('box-unchanged')
  })

  it('one taken away, or one put twice, is noticed by the hash alone', async () => {
    const test = await answeredBox()
    const hashOf = (some: readonly Uint8Array[]) => {
      const hash = new BoxHash()
      for (const sealed of some) hash.add(utf8(sealedLine({ lane: 'iit', sealed })))
      return hash.digest()
    }
    await closeCampaign(test.stores, test.campaign, 'test')
    const rows: Uint8Array[] = []
    for await (const row of test.stores.box.sealedRows(test.campaign.cid, 'iit')) rows.push(row)
    const closing = (await test.app.inject(`/v2/campaigns/${test.campaign.manifest.cid}/receipts`)).json().closing
    expect([closing.rows, closing.boxHash]).toEqual([PHONES, hashOf(rows)])
    const altered = [rows.slice(1), [...rows, rows[0] as Uint8Array], [...rows].reverse()]
    for (const some of altered) expect(hashOf(some)).not.toBe(closing.boxHash)
  })
})

describe('the ticket inside', () => {
  it('of another campaign, lane or kind, altered or missing spoils its row and no other', async () => {
    const test = await testCampaign()
    const keys = await test.stores.issuer.keys.of(test.campaign.cid, 'iit')
    const visitors = await test.stores.issuer.keys.of(test.campaign.cid, 'eit-public')
    if (!keys || !visitors) throw new Error('no keys')
    const openOne = await makeResponseOpener(test.campaign, await test.privateKey())
    const openWith = async (ticket: InnerTicket) => openOne({ lane: 'iit', sealed: await rowWith(test, ticket) })
    const good = await directTicket('inner', test.campaign, 'iit', keys)
    expect(await openWith(good)).toMatchObject({ response: { lane: 'iit' } })
    const bad: Readonly<Record<string, InnerTicket>> = {
      altered: { ...good, sig: good.sig.map((byte, at) => (at === 200 ? byte ^ 1 : byte)) },
      'of other words': { ...good, input: good.input.map((byte, at) => (at === 90 ? byte ^ 1 : byte)) },
      missing: { input: new Uint8Array(SIZES.ticketInput), sig: new Uint8Array(SIZES.signature) },
      'the outer one': await directTicket('outer', test.campaign, 'iit', keys),
      'the outer one, signed by the inner key': await directTicket('outer', test.campaign, 'iit', {
        ...keys,
        outer: keys.inner,
      }),
      'of another lane': await directTicket('inner', test.campaign, 'eit-public', visitors),
      'of another lane, claiming this one': await directTicket('inner', test.campaign, 'iit', visitors),
      'of another campaign': await directTicket('inner', { cid: new Uint8Array(16) }, 'iit', keys),
    }
    for (const [what, ticket] of Object.entries(bad))
      expect([what, await openWith(ticket)]).toEqual([what, { spoiled: 'no-inner-ticket' }])
  })

  it('counts once: of several rows with one the same one counts, whatever order they are opened in', async () => {
    const test = await testCampaign()
    const keys = await test.stores.issuer.keys.of(test.campaign.cid, 'iit')
    if (!keys) throw new Error('no keys')
    const openOne = await makeResponseOpener(test.campaign, await test.privateKey())
    const ticket = await directTicket('inner', test.campaign, 'iit', keys)
    const copies = [await rowWith(test, ticket), await rowWith(test, ticket), await rowWith(test, ticket)]
    const opened = await Promise.all(copies.map((sealed) => openOne({ lane: 'iit', sealed })))
    const results = [opened, [...opened].reverse()].map((some) => {
      const opening = new Opening(test.campaign)
      for (const one of some) opening.add([one])
      expect([opening.counted, opening.spoiled]).toEqual([1, 2])
      expect(opening.rows('whole', () => 0).map(packedCount)).toEqual([1])
      return opening.release()
    })
    expect(results[0]).toEqual(results[1])
    expect(results[0]?.spoiled).toEqual([{ reason: 'inner-ticket-repeated', n: 2 }])
  })

  it('says nothing of the one outside: both are swapped between two phones, and only the swapped rows are spoiled', async () => {
    const test = await answeredBox()
    const { opened } = await openingOf(test)
    const inner = opened.map((one) => ('ticket' in one ? Buffer.from(one.ticket).toString('hex') : ''))
    const receipts = await test.stores.box.count(test.campaign.cid, 'iit')
    expect([new Set(inner).size, receipts]).toEqual([PHONES, PHONES])
    const spent: string[] = []
    for await (const page of test.stores.box.nullifierPages(test.campaign.cid, 'iit'))
      spent.push(...page.map((nf) => Buffer.from(nf).toString('hex')))
    expect(spent.filter((nf) => inner.includes(nf))).toEqual([])
  })
})
