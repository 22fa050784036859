import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { Stores } from '#collector/installation/data-folder'
import type { Release } from '#results/release'
import { keptRound } from '#tests/support/kept-round.ts'
import { measuresTeam, saved, take, toMeasures } from '#tests/support/measures-page.ts'
import { Phone } from '#tests/support/phone.ts'
import { readDocx } from '#tests/support/read-docx.ts'

const DAY_MS = 86_400_000

/** The page asks for others' changes as long as somebody is there, and so learns that the session is over. */
async function signInAgain(page: Page): Promise<void> {
  await page.keyboard.press('Shift')
  await page.waitForSelector('#passkey')
  await page.click('#passkey')
  await page.waitForSelector('[data-office=in]')
}

/** How many things are missing before it is published. */
const gaps = async (page: Page) => Number(await page.getAttribute('[data-gaps]', 'data-gaps'))

/** The next year of the same agency: its staff scored property 20 points better. */
async function nextYear(stores: Stores): Promise<void> {
  const cid = await keptRound(stores, { fiscalYear: 2570 })
  const { version, text } = await stores.office.papers.read(cid, 'results')
  const release = JSON.parse(text) as Release
  const items = Object.entries(release.instruments.iit?.items ?? {}).map(([id, item]) =>
    id === 'I19' ? [id, { ...item, score: 84.32 }] : [id, item],
  )
  const iit = { ...release.instruments.iit, items: Object.fromEntries(items) }
  const better = { ...release, instruments: { ...release.instruments, iit } }
  await stores.office.papers.save(cid, 'results', { version, text: JSON.stringify(better) })
}

it('from the score to measures, a published page, progress, the report, and the next year', {
  timeout: 420_000,
}, async () => {
  const { folder, stores, collector, office, page, cid } = await measuresTeam()
  // what was found, issue by issue, what is not disclosed first
  expect(
    await page.locator('[data-issue]').evaluateAll((all) => all.map((one) => one.getAttribute('data-issue'))),
  ).toEqual(['disclosure', 'process', 'service', 'communication', 'property', 'budget', 'power', 'anti-corruption'])
  await office.desk.inspect('measures-empty')
  const missing = await gaps(page)

  // from the library, then one's own words; lines that are pasted become steps
  const card = await take(page, 'property', 'property-manual')
  await card.locator('[data-field$=".monitoring"]').fill('รายงานที่ประชุมกรมทุกเดือน')
  await card.locator('[name^=unit-]').fill('สำนักบริหารกลาง กลุ่มงานพัสดุ')
  await page.keyboard.press('Enter')
  await card.locator('select[name^=to-][name$=-month]').selectOption('3')
  await card.locator('button:has-text("เพิ่มขั้นตอน")').click()
  await page.evaluate(() => {
    const paste = new DataTransfer()
    paste.setData('text/plain', '3. อบรมผู้ดูแลพัสดุ\r\n4.\tสรุปผล\u200b การยืม\r\n')
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: paste, bubbles: true }))
  })
  await expect
    .poll(() =>
      card.locator('.steps-field textarea').evaluateAll((all) => all.map((one) => (one as HTMLTextAreaElement).value)),
    )
    .toEqual(['จัดทำคู่มือและ Infographic', 'เผยแพร่คู่มือและ Infographic ให้บุคลากรทุกหน่วยงาน', 'อบรมผู้ดูแลพัสดุ', 'สรุปผล การยืม'])
  await take(page, 'disclosure', 'item-owners')
  await saved(page)
  expect(await gaps(page)).toBeLessThan(missing)
  await office.desk.inspect('measures-planned')

  // the document says what the page says
  const [file = ''] = await office.saved('#save-measures')
  expect(file).toMatch(/O42 มาตรการส่งเสริมคุณธรรมและความโปร่งใส ทสป\. 2570 .*\.docx$/)
  const written = readDocx(readFileSync(file))
  expect(written.text).toContain('รายงานที่ประชุมกรมทุกเดือน')
  expect(written.text).toContain('82.06')

  await page.click('#look-measures')
  await page.waitForSelector('.document-view h1')
  expect(await page.locator('.document-view table').count()).toBe(5)
  await office.desk.inspect('document-view')
  await page.screenshot({ path: 'tests/.artifacts/document-shown.png' })
  await page.emulateMedia({ media: 'print' })
  await page.screenshot({ path: 'tests/.artifacts/document-print.png' })
  expect(await page.locator('#root').isVisible()).toBe(false)
  await page.emulateMedia({ media: 'screen' })
  await page.keyboard.press('Escape')
  await page.waitForSelector('.document-view', { state: 'detached' })
  const [table = ''] = await office.saved('#save-plan-xlsx')
  const sheet = strFromU8(unzipSync(readFileSync(table))['xl/worksheets/sheet1.xml'] as Uint8Array)
  expect(sheet).toMatch(/<autoFilter ref="A1:T\d+"\/>/)

  // what was put on the web is kept by its hash; another file is told from it
  await page.setInputFiles('[data-publications] .row input[type=file]', file)
  const publication = page.locator('[data-publication=measures]')
  await publication.locator('input[type=file]').setInputFiles(table)
  await publication.locator('.notice.warning').waitFor()
  await publication.locator('input[type=file]').setInputFiles(file)
  await publication.locator('.notice.good').waitFor()

  // published, read by staff on a phone, and without a network
  await page.click('#publish-report')
  await page.click('#publish-report-yes')
  await page.waitForSelector('[data-public-link]')
  const link = (await page.getAttribute('[data-public-link]', 'href')) ?? ''
  expect(link).toMatch(/\/r\/[\w-]{8}$/)
  await page.click('summary:has-text("ข้อความพร้อมส่ง")')
  expect(await page.textContent('[data-text-for=line]')).toContain(link)
  await office.desk.inspect('measures-published')
  const [card1200 = ''] = await office.saved('#save-card')
  expect(readFileSync(card1200).subarray(1, 4).toString()).toBe('PNG')
  const phone = await Phone.open(join(folder, 'phone'), { width: 360, height: 740 })
  await phone.page.goto(link.replace('localhost', '127.0.0.1'))
  await phone.page.waitForSelector('[data-total="82.06"]')
  await phone.inspect('report-th')
  await phone.page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await collector.unplug()
  await phone.page.reload()
  await phone.page.waitForSelector('.notice:has-text("ไม่มีสัญญาณ")')
  expect(await phone.page.textContent('[data-told="I20 I19 I21 I24"] .told-measure')).toContain('คู่มือ')
  await phone.page.click('.language')
  await phone.page.waitForSelector('html[lang=en]')
  await phone.inspect('report-en-offline')
  await phone.page.click('.size-3')
  await phone.page.emulateMedia({ colorScheme: 'dark' })
  await phone.resize({ width: 320, height: 640 })
  await phone.inspect('report-en-320')
  await phone.resize({ width: 820, height: 1180 })
  await phone.inspect('report-en-tablet')
  await collector.plugIn()
  // withdrawn is withdrawn, on the device that kept it, too
  // sessions ended with the collector
  await signInAgain(page)
  await page.click('#withdraw-report')
  await page.click('#withdraw-report-yes')
  await page.waitForSelector('[data-published=""]')
  await phone.page.reload()
  await phone.page.waitForSelector('.notice:has-text("Nothing is published")')
  expect(await phone.page.evaluate(() => Object.keys(localStorage).filter((name) => name.includes('report')))).toEqual(
    [],
  )

  // four months later: the session is over, what was typed meanwhile waits, and goes on
  collector.wait(120 * DAY_MS)
  await card.locator('[data-field$=".proof"]').fill('คู่มือฉบับลงนาม')
  await signInAgain(page)
  await page.waitForSelector('[data-saved=saved]')
  await page.reload()
  await page.waitForSelector('[data-plan]')
  await card.locator('> summary').click()
  expect(await card.locator('[data-field$=".proof"]').inputValue()).toBe('คู่มือฉบับลงนาม')
  await card.locator('summary:has-text("ความก้าวหน้า")').click()
  for (const at of [0, 1]) await card.locator('[data-state-of]').nth(at).selectOption('done')
  await card.locator('[data-field$=".result"]').first().fill('จัดทำคู่มือแล้ว 1 ฉบับ')
  await card.locator('button:has-text("เพิ่มหลักฐาน")').click()
  await card.locator('[name^=title-]').fill('คู่มือ')
  await card.locator('[name^=address-]').fill('javascript:alert(1)')
  await card.locator('.evidence .error').waitFor()
  await card.locator('[name^=address-]').fill('https://www.example.go.th/manual.pdf')
  await card.locator('button:has-text("ตรวจลิงก์แล้ววันนี้")').click()
  await saved(page)
  expect(await card.getAttribute('data-state')).toBe('under-way')
  await office.desk.inspect('measures-progress')
  const [half = ''] = await office.saved('#save-report-half')
  const report = readDocx(readFileSync(half)).text
  for (const said of [
    'จัดทำคู่มือแล้ว 1 ฉบับ',
    'กำลังดำเนินการ (ร้อยละ 50)',
    'https://www.example.go.th/manual.pdf',
    'รอบ 6 เดือน',
  ])
    expect(report).toContain(said)

  // the room begins with what is due: the measure's last day was in March
  collector.wait(30 * DAY_MS)
  await signInAgain(page)
  await page.click('a[href="#rounds"]')
  await page.reload()
  await page.waitForSelector('[data-next-what=overdue]')
  expect(await page.locator('[data-next-what=publish]').textContent()).toContain('O43')
  await office.desk.inspect('home-next')
  await toMeasures(office)

  // the next year: what is not finished goes on, and the report says what came of it
  await nextYear(stores)
  const [whole = ''] = await office.saved('#save-report')
  expect(readDocx(readFileSync(whole)).text).toContain('I19: 64.32 → 84.32')
  await page.click('a[href="#rounds"]')
  await page.waitForSelector('.cards a.card')
  await page.reload()
  await toMeasures(office, 2570)
  await page.waitForSelector('[data-carry="2"]')
  await page.click('#carry-over')
  await page.waitForSelector('[data-plan="2"]')
  await saved(page)
  expect(await page.locator('[data-issue=property] [data-measure]').textContent()).toContain('อบรมผู้ดูแลพัสดุ')
  // and is compared with the year before: what changed stands at its item
  await office.part('open')
  await page.waitForSelector(`#baseline option[value="${cid}"]`, { state: 'attached' })
  await page.selectOption('#baseline', cid)
  await page.waitForSelector('[data-baseline=alike]')
  await office.part('measures')
  await page.waitForSelector('[data-weak=I19]:has-text("+20.00")')
})
