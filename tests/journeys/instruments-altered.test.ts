import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { newInstruments } from '#cli/installation/instruments-text'
import { openStores } from '#collector/installation/data-folder'
import { confirmInstruments, importInstruments } from '#collector/rounds/imported-instruments'
import { toBase64Url } from '#protocol/bytes'
import { slipLink } from '#protocol/slip-link'
import { alteredCollector } from '#tests/support/altered-collector.ts'
import { untilReady } from '#tests/support/answering.ts'
import { INVENTED, inventedDocument } from '#tests/support/invented-year.ts'
import { freePort, serve } from '#tests/support/ita.ts'
import { makeRound } from '#tests/support/make-round.ts'
import { Phone } from '#tests/support/phone.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

it('questions whose bytes are not those that the manifest names are neither shown nor kept; the true ones are, once they come', {
  timeout: 120_000,
}, async () => {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const stores = await openStores(data)
  const made = await newInstruments(inventedDocument())
  await importInstruments(stores, made, 'ผู้ดูแล')
  await confirmInstruments(stores, toBase64Url(made.document.hash), 'ผู้ตรวจ')
  const { slip } = await makeRound(stores, { instruments: INVENTED, eligible: { iit: 20 } })
  await stores.end()
  const collector = await serve(data, await freePort())
  onTestFinished(() => collector.kill())

  // one word of one question is another one, as an operator might wish
  let alters = true
  const url = await alteredCollector(collector.url, {
    answer: (path, body) => (alters && path.startsWith('/v2/instruments/') ? body.replace('ไม่ถูกต้อง', 'ถูกต้องดี') : body),
  })
  const phone = await Phone.open(join(folder, 'phone'))
  await phone.page.goto(slipLink(url, slip('iit', 0)))
  await phone.page.waitForSelector('[data-problem=app-outdated]', { timeout: 60_000 })
  const kept = () =>
    phone.page.evaluate(async () => (await (await caches.open('prongsai-instruments')).keys()).map((one) => one.url))
  expect(await kept()).toEqual([])

  alters = false
  await phone.page.reload()
  await untilReady(phone.page)
  expect(await kept()).toHaveLength(1)
})
