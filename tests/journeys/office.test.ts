import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { strFromU8, unzipSync } from 'fflate'
import { expect, it, onTestFinished } from 'vitest'
import published from '#instruments/2566/published.json' with { type: 'json' }
import { fromBase64Url } from '#protocol/bytes'
import { slipLink } from '#protocol/slip-link'
import { freePort, ita, serve } from '#tests/support/ita.ts'
import { OfficePage } from '#tests/support/office-page.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const PASSPHRASES = ['ศูนย์จริยธรรม กุญแจหนึ่ง', 'ตรวจสอบภายใน กุญแจสอง', 'ผู้แทนบุคลากร กุญแจสาม']
const PEOPLE = { iit: 109, 'eit-public': 404, 'eit-survey': 42 } as const

it('first administrator, key ceremony, slips, 555 responses, close, two keys, the published scorecard, all files', {
  timeout: 300_000,
}, async () => {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const collector = await serve(data, await freePort())
  onTestFinished(() => collector.kill())
  const office = await OfficePage.open(folder, collector.url)
  const { page } = office
  await office.joinAsAdmin(data, 'ศูนย์จริยธรรม')

  await office.createDraft(PEOPLE)
  const keys = await office.holdCeremony(PASSPHRASES)
  await page.click('#begin-round')
  await page.waitForSelector('[data-form=slips]')

  const slips = join(folder, 'slips')
  mkdirSync(slips)
  const [campaign] = (await (await fetch(`${collector.url}/v2/campaigns`)).json()).campaigns
  const place = { cid: fromBase64Url(campaign.cid, 16), mh: fromBase64Url(campaign.mh, 16) } as Parameters<
    typeof slipLink
  >[1]
  for (const [lane, count] of Object.entries(PEOPLE)) {
    const codes = await office.printedCodes(lane, count)
    expect([lane, new Set(codes).size]).toEqual([lane, count])
    const links = codes.map((code) => slipLink(collector.url, { ...place, code }))
    writeFileSync(join(slips, `${lane}.txt`), links.join('\n'))
    await page.waitForSelector(`[data-printing^="${lane}-"]`)
  }
  const answers = join(folder, 'answers.csv')
  await ita(['fixture', '2566', '--out', answers])
  const replayed = await ita(['replay', '--url', collector.url, '--answers', answers, '--slips', slips])
  expect([replayed.code, replayed.stderr]).toEqual([0, ''])

  // by fives while it is open, and nothing of scores anywhere
  await office.part('watch')
  await page.reload()
  const delivered = async (lane: string) => page.getAttribute(`[data-lane=${lane}]`, 'data-delivered')
  await page.waitForSelector('[data-lane=iit]')
  expect([await delivered('iit'), await delivered('eit-public'), await delivered('eit-survey')]).toEqual([
    '105',
    '400',
    '40',
  ])
  await office.desk.inspect('room-watch-th')
  await office.part('open')
  await page.waitForSelector('.notice')
  expect(await page.locator('[data-open-desk]').count()).toBe(0)

  await office.part('watch')
  await page.click('#close-round')
  await page.click('#close-round-yes')
  await page.waitForSelector('[data-refused=act-refused]')
  await page.click('#close-round')
  await page.fill('#why', 'การทดสอบ')
  await page.click('#close-round-yes')
  await page.waitForSelector('[data-lane=iit][data-delivered="109"]')

  await office.part('oit')
  await page.click('.oit-group >> nth=0')
  await page.click('text=ทำเครื่องหมายทุกข้อ')
  for (const id of published.oitZeroItems) await page.uncheck(`[data-item=${id}] input[type=checkbox]`)
  await page.waitForSelector('[data-oit="85.00"]')
  await page.click('#save-oit')
  await page.waitForSelector('#save-oit[aria-disabled]')

  await office.part('open')
  await page.waitForSelector('[data-open-desk]')
  await office.unlock(keys[0] ?? '', PASSPHRASES[0] ?? '', 1)
  await office.unlock(keys[2] ?? '', PASSPHRASES[2] ?? '', 3)
  await page.click('#open-box')
  await page.waitForSelector('[data-results="555"]')
  expect(await page.getAttribute('.scorecard', 'data-total')).toBe('82.06')
  const shown = async (key: string) => page.textContent(`[data-score="${key}"] .now`)
  expect([await shown('iit'), await shown('eit-public'), await shown('eit-survey'), await shown('oit')]).toEqual([
    '80.10',
    '79.26',
    '80.94',
    '85.00',
  ])
  for (const [id, score] of Object.entries(published.indicators))
    expect([id, await shown(`indicator-${id}`)]).toEqual([id, score.toFixed(2)])
  for (const lane of ['iit', 'eit-public', 'eit-survey'] as const) {
    for (const [id, score] of Object.entries(published.items[lane]))
      expect([id, await page.textContent(`[data-item=${lane}-${id}] strong`)]).toEqual([id, score.toFixed(2)])
  }
  expect(await page.getAttribute('[data-level]', 'data-level')).toBe('improve')
  expect([await shown('group-transparency'), await page.locator('[data-undisclosed]').count()]).toEqual([
    expect.stringMatching(/^\d+\.\d\d$/),
    3,
  ])
  // compared with nothing until somebody chose; then with what was chosen, here the same figures
  expect(await page.locator('[data-baseline]').count()).toBe(0)
  expect(await page.locator('[data-score=total] td').count()).toBe(1)
  await page.selectOption('#baseline', published.id)
  await page.waitForSelector('[data-baseline=alike]')
  for (const key of ['iit', 'eit', 'eit-public', 'eit-survey', 'oit', 'total', 'indicator-1', 'group-prevention'])
    expect([key, await page.textContent(`[data-score="${key}"] td:last-child`)]).toEqual([key, '0.00'])

  // the weakest first: I8 with 53.52
  expect(await page.getAttribute('.weakest li', 'data-weak')).toBe('iit-I8')

  // read as the issues of that year, what is not disclosed first; the paragraph names what the source named
  expect(
    await page.locator('[data-finding]').evaluateAll((all) => all.map((one) => one.getAttribute('data-finding'))),
  ).toEqual([
    ...['disclosure', 'process', 'service', 'communication', 'property', 'budget', 'power', 'anti-corruption'],
  ])
  expect(await page.textContent('[data-finding=disclosure] blockquote')).toContain('O42')
  expect(await page.textContent('[data-finding=budget] blockquote')).toContain('(ข้อที่ได้คะแนนน้อย คือ I7, I8')
  expect(await page.textContent('[data-finding=budget] [data-found=I8]')).toContain('53.52')

  await office.desk.inspect('room-scorecard-th')
  await page.click('#exports')
  await office.desk.inspect('room-exports')
  await page.keyboard.press('Escape')
  expect(await page.locator('#export-csv').isVisible()).toBe(false)
  const saved = [
    ...(await office.exported('xlsx')),
    ...(await office.exported('csv')),
    ...(await office.exported('spss', 2)),
    ...(await office.exported('json')),
  ]
  const csv = saved.find((file) => file.endsWith('.csv')) ?? ''
  expect(parse(readFileSync(csv), { bom: true })).toHaveLength(556)
  const json = JSON.parse(readFileSync(saved.find((file) => file.endsWith('.json')) ?? '', 'utf8'))
  expect([json.total, json.rows.length]).toEqual([82.06, 555])
  const book = unzipSync(readFileSync(saved.find((file) => file.endsWith('.xlsx')) ?? ''))
  expect(strFromU8(book['xl/worksheets/sheet3.xml'] as Uint8Array).match(/<row /g)).toHaveLength(556)

  // what was opened goes with the page; the tables that were kept do not, and hold no response
  await page.click('#keep-tables')
  await page.waitForSelector('#keep-tables:has-text("เก็บตารางแล้ว")')
  await page.reload()
  await page.waitForSelector('[data-kept]')
  expect(await page.getAttribute('.scorecard', 'data-total')).toBe('82.06')
  await page.click('a[href="#log"]')
  await page.waitForSelector('.log td')
  const log = await page.textContent('.log')
  for (const act of ['เปิดกล่อง', 'บันทึกผลเป็นไฟล์', 'ปิดรับคำตอบ', 'ทดสอบเปิดกล่อง']) expect(log).toContain(act)
})
