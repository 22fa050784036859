import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { demoCampaign } from '#cli/demo/demo-campaign'
import { readSlips } from '#cli/files/slips-file'
import { officeTools } from '#cli/installation/office-tools'
import { openStores } from '#collector/installation/data-folder'
import { startCollector } from '#collector/main'
import { findingsMapOf } from '#instruments/findings-map'
import { FORM_WORDS } from '#instruments/words'
import { INTL_LOCALES } from '#protocol/language'
import { goOn, untilReady } from '#tests/support/answering.ts'
import { TEST_YEAR } from '#tests/support/forms.ts'
import { freePort } from '#tests/support/ita.ts'
import { keptRound } from '#tests/support/kept-round.ts'
import { OfficePage } from '#tests/support/office-page.ts'
import { Phone } from '#tests/support/phone.ts'
import { buildPseudo, unmarkedWords } from '#tests/support/pseudo-language.ts'
import { beginVisit, openPanel, servicePoint, setPin, TABLET_SIZE } from '#tests/support/tablet.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const built = mkdtempSync(join(tmpdir(), 'prongsai-pseudo-'))
afterAll(() => rmSync(built, { recursive: true, force: true }))
const [appFolder, officeFolder] = [join(built, 'app'), join(built, 'office')]

beforeAll(async () => {
  await buildPseudo('production', appFolder)
  await buildPseudo('office', officeFolder)
})

/** All texts of a questionnaire. Phones show the wording whose hash is in the manifest, whatever their own files say. */
function wordingOf(words: unknown): string[] {
  return typeof words === 'object' && words !== null ? Object.values(words).flatMap(wordingOf) : [String(words)]
}

const SHORT_MONTH = new Intl.DateTimeFormat(INTL_LOCALES.th, { month: 'short', timeZone: 'UTC' })
const MONTHS = Array.from({ length: 12 }, (_, month) => SHORT_MONTH.format(Date.UTC(2026, month, 1)))

/** What people named, what `Intl` writes, and what was asked for by hash; longer ones first, which contain the shorter. */
const DATA = [
  ...Object.values(FORM_WORDS.th).flatMap(wordingOf),
  'นาทีนี้',
  // names of issues are data of the year
  ...(findingsMapOf(TEST_YEAR)?.issues ?? []).map(({ name }) => name.th),
  'กลุ่มงานจริยธรรม',
  'โทร. 0 2000 0000',
  // months as `Intl` writes them
  ...MONTHS,
  // who acted, in the log
  userInfo().username,
  'collector',
  'https://',
  'กรมตัวอย่าง (สาธิต)',
  'กรมตัวอย่าง',
  'กรมทดสอบความโปร่งใส',
  'ทสป.',
  'ผู้ดูแล',
  'เคาน์เตอร์ 1',
]
  .filter((text) => text.length > 1)
  .sort((a, b) => b.length - a.length)

/** Says of each screen what stands there that no locale has. */
function looker({ page }: Pick<Phone, 'page'>) {
  return async (screen: string) => expect.soft([screen, await unmarkedWords(page, DATA)]).toEqual([screen, []])
}

it('says nothing to a respondent that is not in the locales', async () => {
  const folder = tempFolder()
  const [dataFolder, port] = [join(folder, 'data'), await freePort()]
  const demo = await demoCampaign(dataFolder, `http://127.0.0.1:${port}`)
  const collector = await startCollector({ dataFolder, port, host: '127.0.0.1', appFolder })
  onTestFinished(() => collector.stop())
  const phone = await Phone.open(join(folder, 'profile'))
  const { page } = phone
  const look = looker(phone)
  await page.goto(`${collector.url}/`)
  await page.waitForSelector('h1')
  await look('home')
  await page.goto(readSlips(demo.lanes['eit-public'].slips)[0]?.link ?? '')
  await untilReady(page)
  await look('welcome')
  await phone.tap('#start')
  await look('opening')
  await phone.tap('[data-opening=used] label:has(input[value=yes])')
  await phone.tap('[data-opening=contact] label:has(input[value=service])')
  await goOn(phone)
  await page.waitForSelector('[data-item=E1]')
  await goOn(phone)
  await page.waitForSelector('.missing-text')
  await look('questions')
  await page.goto(`${collector.url}/check`)
  await page.waitForSelector('textarea')
  await look('compare')
})

it('says nothing at a counter that is not in the locales', async () => {
  const point = await servicePoint({ appFolder })
  const tablet = await Phone.open(join(point.folder, 'tablet'), TABLET_SIZE)
  const { page } = tablet
  const look = looker(tablet)
  await page.goto(await point.link(20))
  await setPin(tablet)
  await page.waitForSelector('[data-counter=attract]')
  await look('attract')
  await beginVisit(tablet)
  await page.waitForSelector('[data-item=E1]')
  await look('visit')
  await page.click('.quit button')
  await openPanel(tablet)
  await look('panel')
})

it('says nothing in the survey team’s room that is not in the locales', async () => {
  const folder = tempFolder()
  const [dataFolder, port] = [join(folder, 'data'), await freePort()]
  const url = `http://localhost:${port}`
  await demoCampaign(dataFolder, url)
  const stores = await openStores(dataFolder)
  await keptRound(stores)
  await stores.end()
  const tools = officeTools({ origin: url })
  const collector = await startCollector({
    ...{ dataFolder, port, host: '127.0.0.1', appFolder },
    ...{ officeFolder, officeTools: tools },
  })
  onTestFinished(() => collector.stop())
  const office = await OfficePage.open(folder, url)
  const { page } = office
  const look = looker(office)
  await office.joinAsAdmin(dataFolder, 'ผู้ดูแล', look)
  await look('rounds')
  for (const part of ['instruments', 'team', 'log']) {
    await page.click(`a[href="#${part}"]`)
    await page.waitForSelector(`a[href="#${part}"][aria-current=page]`)
    await page.waitForTimeout(300)
    await look(part)
  }
  await page.click('a[href="#rounds"]')
  await page.click('#create-round')
  await page.waitForSelector('[data-form=plan]')
  await page.click('#make-draft')
  await look('create')
  await page.click('a[href="#rounds"]')
  await page.click('.card:has(.state.open)')
  for (const part of ['watch', 'sheets', 'tablets', 'oit', 'open'] as const) {
    await office.part(part)
    await page.waitForSelector(`.parts a[href$=".${part}"][aria-current=page]`)
    await page.waitForTimeout(300)
    await look(part)
  }
  await page.click('a[href="#rounds"]')
  await page.click('.card:has(.state.opened)')
  await office.part('measures')
  await page.waitForSelector('[data-plan]')
  await page.click('[data-issue=property] .add-measure > button')
  await page.click('[data-measure] summary:has-text("ความก้าวหน้า")')
  for (const summary of await page.locator('.action-plan > details > summary, .action-plan [data-frame] summary').all())
    await summary.click()
  await look('measures')
  await page.click('#publish-report')
  await page.click('#publish-report-yes')
  const link = await page.getAttribute('[data-public-link]', 'href')
  await look('published')
  await page.goto(link ?? '')
  await page.waitForSelector('[data-report]')
  await look('report')
})
