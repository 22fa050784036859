import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { fromBase64Url } from '#protocol/bytes'
import { isPlainPng } from '#protocol/emblem'
import { slipLink } from '#protocol/slip-link'
import { alteredCollector } from '#tests/support/altered-collector.ts'
import { untilReady, untilStored } from '#tests/support/answering.ts'
import { HOLDER_PASSPHRASES } from '#tests/support/closed-round.ts'
import { freePort, serve } from '#tests/support/ita.ts'
import { OfficePage } from '#tests/support/office-page.ts'
import { Phone } from '#tests/support/phone.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

/** A tall drawing that would like to run something and to fetch something. */
const DRAWING = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="900" viewBox="0 0 300 900">
  <script>document.documentElement.setAttribute('data-ran', '1'); parent.document.title = 'ran'</script>
  <image href="http://127.0.0.1:9/elsewhere.png" width="10" height="10"/>
  <rect width="300" height="900" rx="150" fill="#0b5a4a"/><circle cx="150" cy="200" r="110" fill="#f2c14e"/>
</svg>`

it('an emblem is drawn anew in the room, stands on slips and on the phone without a network, and another one is not shown', {
  timeout: 240_000,
}, async () => {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const collector = await serve(data, await freePort())
  onTestFinished(() => collector.kill())
  const office = await OfficePage.open(folder, collector.url)
  const { page } = office
  await office.joinAsAdmin(data, 'ศูนย์จริยธรรม')
  const [nonsense, drawing] = [join(folder, 'ไม่ใช่ภาพ.png'), join(folder, 'ตรา.svg')]
  writeFileSync(nonsense, 'not a picture')
  writeFileSync(drawing, DRAWING)
  await page.click('#create-round')
  await page.setInputFiles('#emblem', nonsense)
  await page.waitForSelector('[data-emblem-fault=emblem-unreadable]')
  await page.click('a[href="#rounds"]')
  await office.createDraft({ iit: 20 }, 0, { emblem: drawing })
  await office.holdCeremony(HOLDER_PASSPHRASES)
  expect([await page.title(), await page.locator('html[data-ran]').count()]).toEqual([
    expect.not.stringContaining('ran'),
    0,
  ])
  await page.click('#begin-round')
  await page.waitForSelector('[data-form=slips]')
  const [code, other, third] = await office.printedCodes('iit', 20)
  if (!code || !other || !third) throw new Error('no codes')

  const [campaign] = (await (await fetch(`${collector.url}/v2/campaigns`)).json()).campaigns
  const { emblem } = await (await fetch(`${collector.url}/v2/campaigns/${campaign.cid}`)).json()
  const served = new Uint8Array(await (await fetch(`${collector.url}/v2/emblems/${emblem}`)).arrayBuffer())
  expect(isPlainPng(served)).toBe(true)
  const [pdf = ''] = office.files().filter((name) => name.startsWith('slips'))
  expect(readFileSync(join(office.downloads, pdf)).includes('/Subtype /Image')).toBe(true)

  const place = { cid: fromBase64Url(campaign.cid, 16), mh: fromBase64Url(campaign.mh, 16) } as Parameters<
    typeof slipLink
  >[1]
  // an operator who shows another department's emblem: it is nobody's, and the round can be answered without one
  const url = await alteredCollector(collector.url, {
    answer: (path, body) => (path.startsWith('/v2/emblems/') ? `${body} ` : body),
  })
  const fooled = await Phone.open(join(folder, 'fooled'))
  await fooled.page.goto(slipLink(url, { ...place, code: other }))
  await untilReady(fooled.page)
  expect(await fooled.page.locator('img.emblem').count()).toBe(0)

  // a network that never ends its answer keeps nobody from answering
  const patient = await Phone.open(join(folder, 'patient'))
  await patient.page.route('**/v2/emblems/**', () => undefined)
  await patient.page.goto(slipLink(collector.url, { ...place, code: third }))
  await untilReady(patient.page)
  expect(await patient.page.locator('img.emblem').count()).toBe(0)

  const phone = await Phone.open(join(folder, 'phone'))
  await phone.page.goto(slipLink(collector.url, { ...place, code }))
  await untilReady(phone.page)
  await phone.page.waitForSelector('img.emblem')
  await untilStored(phone.page)
  await collector.kill()
  await phone.page.reload()
  await untilReady(phone.page)
  await phone.page.waitForSelector('img.emblem')
  expect(await phone.page.locator('img.emblem').evaluate((picture: HTMLImageElement) => picture.naturalHeight)).toBe(
    256,
  )
  await phone.inspect('emblem-phone')
})
