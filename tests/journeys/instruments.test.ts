import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import readExcelFile from 'read-excel-file/node'
import { expect, it, onTestFinished } from 'vitest'
import { instrumentsWorkbook } from '#authoring/files'
import words from '#locales/th/authoring.json' with { type: 'json' }
import { fromBase64Url } from '#protocol/bytes'
import type { Code } from '#protocol/code'
import { slipLink } from '#protocol/slip-link'
import { goOn, untilReady, untilStored } from '#tests/support/answering.ts'
import { HOLDER_PASSPHRASES } from '#tests/support/closed-round.ts'
import { INVENTED, inventedDocument } from '#tests/support/invented-year.ts'
import { freePort, ita, serve } from '#tests/support/ita.ts'
import { OfficePage, openBox } from '#tests/support/office-page.ts'
import { Phone } from '#tests/support/phone.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const STAFF = 20
const VISITORS = 20
/** What the one person answers by hand: options of six, six, five and two. */
const BY_HAND = { I1: 5, I2: 2, I3: 4, I4: 1 } as const

it('a year that an officer filled in is imported, confirmed by a second one, answered offline, opened and saved', {
  timeout: 300_000,
}, async () => {
  const folder = tempFolder()
  const data = join(folder, 'data')
  let collector = await serve(data, await freePort())
  onTestFinished(() => collector.kill())
  const port = Number(new URL(collector.url).port)
  const office = await OfficePage.open(folder, collector.url)
  const { page } = office
  await office.joinAsAdmin(data, 'ศูนย์จริยธรรม')

  // the outline has no questions: every one of them is named
  await page.click('a[href="#instruments"]')
  await page.waitForSelector('[data-page=instruments], #instruments-file')
  await office.desk.inspect('instruments-1-empty')
  const [outline = ''] = await office.saved('#template-2567')
  await page.setInputFiles('#instruments-file', outline)
  await page.waitForSelector('[data-fault=text-missing]')
  expect(await page.locator('#keep-instruments').count()).toBe(0)
  await office.desk.inspect('instruments-2-stops')

  // ticks belong to one text: nothing of another one is ticked before somebody looked at it
  await page.click('summary:has(~ .disclosed #paste-text)')
  await page.selectOption('#paste-base', '2566')
  await page.fill('#paste-id', '2570-paste')
  await page.fill('#paste-year', '2570')
  for (const text of ['I1\tคำถามที่หนึ่ง', 'I1\tคำถามอื่น\nI2\tอีกข้อหนึ่ง']) {
    await page.fill('#paste-text', text)
    await page.click('#check-paste')
    await page.waitForSelector('[data-fault=not-pasted] input:not(:checked)')
    expect(await page.locator('.faults input:checked').count()).toBe(0)
    for (const box of await page.locator('.faults input[type=checkbox]').all()) await box.check()
  }

  // what an officer filled in: looked at one by one, and kept
  const file = join(folder, 'ของเรา.xlsx')
  writeFileSync(file, Buffer.from(await (await instrumentsWorkbook(inventedDocument(), words)).arrayBuffer()))
  await page.setInputFiles('#instruments-file', file)
  await page.waitForSelector('[data-checked="0"]')
  expect(await page.textContent(`[data-golden="iit-${INVENTED} one-flipped"]`)).toContain('75.00')
  await page.click('summary:has-text("IIT")')
  await page.waitForSelector(`[data-preview="iit-${INVENTED}"] [data-item=I2]`)
  expect(await page.getAttribute('#keep-instruments', 'aria-disabled')).toBe('true')
  for (const box of await page.locator('.faults input[type=checkbox]').all()) await box.check()
  await office.desk.inspect('instruments-3-checked')
  await page.click('#keep-instruments')
  await page.waitForSelector(`[data-imported="${INVENTED}"][data-confirmed=false]`)
  expect(await page.locator(`#confirm-${INVENTED}`).count()).toBe(0)

  // somebody else compares and confirms
  const second = await OfficePage.open(join(folder, 'second'), collector.url)
  await second.joinAsAdmin(data, 'ตรวจสอบภายใน')
  await second.page.click('a[href="#instruments"]')
  await second.page.click(`[data-imported="${INVENTED}"] summary`)
  await second.page.waitForSelector(`[data-golden="iit-${INVENTED} best"]`)
  expect(Number(await second.page.getAttribute('[data-looked-at]', 'data-looked-at'))).toBeGreaterThan(1)
  await second.desk.inspect('instruments-4-confirm')
  await second.page.click(`#confirm-${INVENTED}`)
  await second.page.click(`#confirm-${INVENTED}-yes`)
  await second.page.waitForSelector(`[data-imported="${INVENTED}"][data-confirmed=true]`)

  // a round that asks it
  await page.click('a[href="#rounds"]')
  await office.createDraft({ iit: STAFF, 'eit-public': VISITORS }, 0, { instruments: INVENTED })
  const keys = await office.holdCeremony(HOLDER_PASSPHRASES)
  await page.click('#begin-round')
  await page.waitForSelector('[data-form=slips]')
  const codes = await office.printedCodes('iit', STAFF)
  const [visitor] = await office.printedCodes('eit-public', VISITORS)
  const [campaign] = (await (await fetch(`${collector.url}/v2/campaigns`)).json()).campaigns
  const place = { cid: fromBase64Url(campaign.cid, 16), mh: fromBase64Url(campaign.mh, 16) } as Parameters<
    typeof slipLink
  >[1]
  const linkTo = (code: Code) => slipLink(collector.url, { ...place, code })
  const links = codes.map(linkTo)

  // a visitor: the other questionnaire, with sets of four and of six
  if (!visitor) throw new Error('no slip for a visitor')
  const other = await Phone.open(join(folder, 'visitor'))
  await other.page.goto(linkTo(visitor))
  await untilReady(other.page)
  await other.tap('#start')
  await other.tap('[data-opening=used] label:has(input[value=yes])')
  await other.tap('[data-opening=contact] label:has(input[value=service])')
  await goOn(other)
  expect(await other.page.locator('[data-item=E1] input').count()).toBe(4)
  await other.tap('[data-item=E1] label:has(input[value="3"])')
  await other.tap('[data-item=E2] label:has(input[value="6"])')
  await other.inspect('instruments-visitor')
  await goOn(other)
  await other.page.waitForSelector('#seal')
  await other.tap('#seal')
  await other.page.waitForSelector('[data-delivery=delivered]', { timeout: 60_000 })

  // a phone that has the app, fetches the questions by their hash, and is offline from then on
  const phone = await Phone.open(join(folder, 'phone'))
  await phone.page.goto(links[0] ?? '')
  await untilReady(phone.page)
  await untilStored(phone.page)
  await collector.kill()
  await phone.page.reload()
  await untilReady(phone.page)
  await phone.tap('#start')
  for (const items of [
    ['I1', 'I2'],
    ['I3', 'I4'],
  ] as const) {
    for (const item of items) await phone.tap(`[data-item=${item}] label:has(input[value="${BY_HAND[item]}"])`)
    await phone.inspect(`instruments-phone-${items[0]}`)
    await goOn(phone)
  }
  await phone.page.waitForSelector('#seal')
  await phone.tap('#seal')
  await phone.page.waitForSelector('[data-delivery=waiting], [data-delivery]')
  collector = await serve(data, port)
  await phone.page.waitForSelector('[data-delivery=delivered]', { timeout: 90_000 })

  // the others answer by a program; closed, opened, saved
  const slips = join(folder, 'slips')
  mkdirSync(slips)
  writeFileSync(join(slips, 'iit.txt'), links.slice(1).join('\n'))
  const answers = join(folder, 'answers.csv')
  const rows = Array.from({ length: STAFF - 1 }, (_, at) => (at < 9 ? 'iit,5,2,4,1,,' : 'iit,6,1,5,2,,'))
  writeFileSync(answers, `lane,I1,I2,I3,I4,E1,E2\n${rows.join('\n')}\n`)
  const replayed = await ita(['replay', '--url', collector.url, '--answers', answers, '--slips', slips])
  expect([replayed.code, replayed.stderr]).toEqual([0, ''])
  expect((await ita(['close', '--data', data, '--campaign', campaign.cid, '--why', 'test'])).code).toBe(0)
  // the collector began anew: sessions were in its memory only
  await page.goto(`${office.url}/admin/`)
  await page.click('#passkey')
  await page.waitForSelector('[data-office=in]')
  await openBox(office, keys)
  await page.waitForSelector(`[data-results="${STAFF + 1}"]`)
  // ten of 58.75 and ten of 100
  expect(await page.textContent('[data-score]')).toContain('79.38')
  await office.desk.inspect('instruments-5-results')
  const [workbook = ''] = await office.exported('xlsx')
  const cells = (await readExcelFile(workbook)).flatMap(({ data: own }) => own.flat())
  expect(cells).toContain('ท่านพบเห็นการนำของราชการไปใช้ส่วนตัวเพียงใด')
})
