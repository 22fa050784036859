import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { toBase64Url } from '#protocol/bytes'
import { makeBoxKeys } from '#protocol/sealed-box'
import { alteredCollector } from '#tests/support/altered-collector.ts'
import { untilStored } from '#tests/support/answering.ts'
import { HOLDER_PASSPHRASES } from '#tests/support/closed-round.ts'
import { freePort, ita, serve } from '#tests/support/ita.ts'
import { OfficePage } from '#tests/support/office-page.ts'
import { Phone } from '#tests/support/phone.ts'
import { readPdf } from '#tests/support/read-pdf.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

/** An operator who has the real collector make rounds with a box key of his own. */
async function operator() {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const collector = await serve(data, await freePort())
  onTestFinished(() => collector.kill())
  const { publicKey } = await makeBoxKeys()
  const own = toBase64Url(publicKey)
  let holders = own
  return {
    folder,
    data,
    collector,
    own,
    swap: (path: string, body: string) => {
      if (path !== '/v2/admin/rounds' || body === '') return body
      const asked = JSON.parse(body) as { boxKey: string }
      holders = asked.boxKey
      return JSON.stringify({ ...asked, boxKey: own })
    },
    /** The manifest inside an answer is a text inside a text: base64url needs no quotes there. */
    lie: (_path: string, body: string) => body.replaceAll(own, holders),
  }
}

it('a collector that makes the round with another box key is caught by the page that made the key', async () => {
  const { folder, data, collector, swap } = await operator()
  const url = await alteredCollector(collector.url, { request: swap })
  const office = await OfficePage.open(folder, url)
  await office.joinAsAdmin(data, 'ผู้ดูแล')
  await office.createDraft({ iit: 20 })
  await office.page.waitForSelector('[data-refused=manifest-not-as-made]')
  expect(await office.page.locator('[data-holder]').count()).toBe(0)
  await office.desk.inspect('swapped-key-1-refused')
})

it('a collector that makes another round than the one it committed to is caught before the key is split', async () => {
  const { folder, data, collector } = await operator()
  const url = await alteredCollector(collector.url, {
    // the plan is kept, the keys of the lane are other ones: a round that was chosen after the box key was known
    answer: (path, body) =>
      path === '/v2/admin/rounds/commitment' ? body.replace(/(issuerKey\\":\\"[\w-]{30})./, '$1A') : body,
  })
  const office = await OfficePage.open(folder, url)
  await office.joinAsAdmin(data, 'ผู้ดูแล')
  await office.createDraft({ iit: 20 })
  await office.page.waitForSelector('[data-refused=manifest-not-as-made]')
  expect(await office.page.locator('[data-holder]').count()).toBe(0)
})

it('when it lies to the room consistently, the witness page catches it: a drawn slip contradicts the key file', {
  timeout: 240_000,
}, async () => {
  const { folder, data, collector, swap, lie } = await operator()
  const url = await alteredCollector(collector.url, {
    request: swap,
    answer: (path, body) => (path.startsWith('/v2/admin/') ? lie(path, body) : body),
  })
  const office = await OfficePage.open(folder, url)
  await office.joinAsAdmin(data, 'ผู้ดูแล')
  await office.createDraft({ iit: 20 })
  // the room is shown a round with the holders' key, and has nothing to object to
  await office.page.waitForSelector('[data-holder="1"]')
  await office.page.fill('[name=passphrase]', HOLDER_PASSPHRASES[0])
  await office.page.fill('[name=again]', HOLDER_PASSPHRASES[0])
  await office.page.click('[data-holder] button[type=submit]')
  const [keyFile = ''] = await office.saved('#save-key')

  // what phones and slips are given is the operator's round
  const made = JSON.parse(readFileSync(keyFile, 'utf8')) as { cid: string }
  const pdf = join(folder, 'slips.pdf')
  const printed = await ita([
    ...['slips', '--data', data, '--campaign', made.cid, '--lane', 'iit', '--count', '2'],
    ...['--origin', 'https://ita.example.go.th', '--out', pdf],
  ])
  expect([printed.code, printed.stderr]).toEqual([0, ''])
  const [slip = ''] = (await readPdf(readFileSync(pdf))).flatMap(({ codes }) => codes)

  // a holder's own phone, which has the app and no network
  const phone = await Phone.open(join(folder, 'phone'))
  await phone.page.goto(`${collector.url}/check`)
  await phone.page.waitForSelector('[data-desk=first]')
  await untilStored(phone.page)
  await phone.inspect('witness-1-first')
  await collector.kill()
  await phone.page.goto(`${collector.url}/check`)
  await phone.page.setInputFiles('[name=key-file]', keyFile)
  await phone.page.waitForSelector('[data-evidence=key-file]')
  await phone.page.fill('[name=evidence]', slip)
  await phone.page.click('.witness-paste button')
  await phone.page.waitForSelector('[data-verdict=contradiction]')
  await phone.inspect('witness-2-contradiction')

  // and two things of one round are told to be of one
  await phone.tap('#witness-again')
  for (const evidence of [slip, slip.replace(/^.*#/, '#')]) {
    await phone.page.fill('[name=evidence]', evidence)
    await phone.page.click('.witness-paste button')
  }
  await phone.page.waitForSelector('[data-verdict=same]')
  await phone.inspect('witness-3-same')
  await phone.tap('#witness-again')
  writeFileSync(join(folder, 'nonsense.json'), '{"v":1}')
  await phone.page.setInputFiles('[name=key-file]', join(folder, 'nonsense.json'))
  await phone.page.waitForSelector('[data-trouble=unreadable]')
})
