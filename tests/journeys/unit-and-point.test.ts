import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openStores } from '#collector/installation/data-folder'
import { slipLink } from '#protocol/slip-link'
import { makeResponseOpener } from '#results/open-responses'
import { answerPage, goOn, untilReady } from '#tests/support/answering.ts'
import { freePort, ita, serve } from '#tests/support/ita.ts'
import { makeRound } from '#tests/support/make-round.ts'
import { Phone } from '#tests/support/phone.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { answerVisitorPage, beginVisit, enrolled } from '#tests/support/tablet.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const UNIT = 'กองบริหารการคลังและทรัพย์สิน "กลาง" 🙂'
const POINT = 'เคาน์เตอร์ 1'

it('staff name their unit or leave it open, a tablet says where it stands, and both are inside the seal only', async () => {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const stores = await openStores(data)
  const { campaign, privateKey, codes } = await makeRound(stores, {
    eligible: { iit: 60, 'eit-public': 40 },
    units: [
      { name: 'สำนักงานเลขานุการกรม', eligible: 20 },
      { name: UNIT, eligible: 20 },
    ],
    points: [POINT, 'เคาน์เตอร์ 2'],
  })
  await stores.end()
  const collector = await serve(data, await freePort())
  onTestFinished(() => collector.kill())
  const answers = randomAnswers('iit-2566')

  for (const [at, choice] of [UNIT, 'ไม่ระบุ'].entries()) {
    const phone = await Phone.open(join(folder, `phone-${at}`))
    const { page } = phone
    await page.goto(slipLink(collector.url, { ...campaign, code: codes.iit?.[at] ?? '' }))
    await untilReady(page)
    await phone.tap('#start')
    await page.waitForSelector('[data-opening=unit]')
    if (at === 0) {
      await phone.tap('.row.end .button.primary')
      await page.waitForSelector('.notice.warning')
      await phone.inspect('unit-th')
      await page.click('.size-3')
      await page.click('.language')
      await page.waitForSelector('html[lang=en]')
      await page.emulateMedia({ colorScheme: 'dark' })
      await phone.inspect('unit-en-3-dark')
      await page.click('.language')
      await page.click('.size-1')
      await page.waitForSelector('html[lang=th]')
    }
    await page.click(`.choice:has-text("${choice.slice(0, 10)}")`)
    await goOn(phone)
    for (const part of [0, 1, 2, 3, 4]) {
      await answerPage(phone, 'iit-2566', part, answers, 'touch')
      await goOn(phone)
    }
    await phone.tap('#seal')
    await page.waitForSelector('[data-delivery=delivered]')
    await phone.kill()
  }

  const place = ['--campaign', campaign.manifest.cid, '--point', POINT, '--quota', '3', '--origin', collector.url]
  const { stdout } = await ita(['counter', 'enrol', '--data', data, ...place])
  const tablet = await enrolled(join(folder, 'tablet'), stdout.split('\n')[0] ?? '')
  await tablet.page.waitForSelector('[data-counter=attract]', { timeout: 60_000 })
  await beginVisit(tablet)
  for (const part of [0, 1, 2]) {
    await answerVisitorPage(tablet, part, randomAnswers('eit-2566'))
    await tablet.page.click('.row.end .button.primary')
  }
  await tablet.page.waitForSelector('[data-counter=thanks]')

  const sealed = async () => {
    const here = await openStores(data)
    const rows: { lane: 'iit' | 'eit-public'; sealed: Uint8Array }[] = []
    for (const lane of ['iit', 'eit-public'] as const)
      for await (const row of here.box.sealedRows(campaign.cid, lane)) rows.push({ lane, sealed: row })
    await here.end()
    return rows
  }
  await expect.poll(async () => (await sealed()).length, { timeout: 30_000 }).toBe(3)
  const openOne = await makeResponseOpener(campaign, privateKey)
  const opened = await Promise.all((await sealed()).map(openOne))
  const coarse = opened.map((one) => ('response' in one ? one.response.coarse : one))
  expect(coarse).toEqual(
    expect.arrayContaining([{ unit: 'u2' }, { unit: 'none' }, { contact: 'service', point: 'p1' }]),
  )
  // everybody's response is as long as everybody else's, whatever unit it names
  expect(new Set((await sealed()).map((row) => row.sealed.length)).size).toBe(1)
})
