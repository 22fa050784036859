import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openStores } from '#collector/installation/data-folder'
import { closeCampaign } from '#collector/rounds/campaign-life'
import { checkNumber } from '#protocol/check-number'
import { printedCode } from '#protocol/code'
import { slipLink } from '#protocol/slip-link'
import { answerPage, goOn, untilReady } from '#tests/support/answering.ts'
import { freePort, serve } from '#tests/support/ita.ts'
import { dayFromNow, makeRound } from '#tests/support/make-round.ts'
import { Phone } from '#tests/support/phone.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

/** A round of several key holders behind a collector in its own process. */
async function servedRound(change: Parameters<typeof makeRound>[1] = {}) {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const stores = await openStores(data)
  const round = await makeRound(stores, change)
  await stores.end()
  const port = await freePort()
  const collector = await serve(data, port)
  onTestFinished(() => collector.kill())
  return { ...round, data, url: collector.url, profile: join(folder, 'profile') }
}

async function answerAll(phone: Phone): Promise<void> {
  const answers = randomAnswers('iit-2566')
  await phone.tap('#start')
  for (const page of [0, 1, 2, 3, 4]) {
    await phone.page.waitForSelector(`[data-item=I${page * 6 + 1}]`)
    await answerPage(phone, 'iit-2566', page, answers, 'touch')
    await goOn(phone)
  }
  await phone.tap('#seal')
}

it('a doubting person types the code, reads how to check, answers, and finds the receipt published', async () => {
  const round = await servedRound()
  const phone = await Phone.open(round.profile)
  const { page } = phone
  await page.goto(round.url)
  await page.waitForSelector('.typed-slip')
  await phone.inspect('evident-1-home')

  await page.fill('[name=code]', 'ABCD EFGH')
  await page.fill('[name=number]', await checkNumber(round.campaign.mh))
  await phone.tap('.typed-slip button')
  await page.waitForSelector('[data-typed=code-mistyped]')
  await page.fill('[name=code]', printedCode(round.slip('iit', 0).code).toLowerCase())
  await page.fill('[name=number]', '๐๐๐๐ 0000 0000')
  await phone.tap('.typed-slip button')
  await page.waitForSelector('[data-typed=no-such-number]')
  await phone.inspect('evident-2-typed-wrongly')
  await page.fill('[name=number]', (await checkNumber(round.campaign.mh)).replaceAll(' ', ''))
  await phone.tap('.typed-slip button')
  await untilReady(page)
  await page.waitForSelector(`[data-check-number="${await checkNumber(round.campaign.mh)}"]`)
  expect(await page.locator('[data-weaker]').count()).toBe(0)

  await phone.tap('#more-check')
  await page.waitForSelector('.checks')
  expect(await page.textContent('.checks')).toContain('2 จาก 3')
  expect(await page.locator('.asked summary').count()).toBe(8)
  await phone.tap('.asked summary')
  await page.waitForSelector('.asked details[open] p')
  await phone.inspect('evident-3-check')
  await phone.tap('.language')
  await page.waitForSelector('text=What we cannot promise')
  await phone.inspect('evident-4-check-english')
  await phone.tap('.language')
  await page.goBack()
  await untilReady(page)

  await answerAll(phone)
  await page.waitForSelector('[data-delivery=delivered]')
  const receipt = await page.textContent('[data-receipt]')
  await phone.tap('#more-receipts')
  await page.waitForSelector('[data-receipts=shown]')
  expect(await page.locator('[data-mine]').count()).toBe(0)
  await phone.inspect('evident-5-receipts-not-yet')

  const stores = await openStores(round.data)
  await closeCampaign(stores, round.campaign, 'test', 'a test')
  await stores.end()
  await phone.tap('.row .button.quiet')
  await page.waitForSelector('[data-mine=true]')
  expect(await page.textContent('[data-mine=true]')).toContain(receipt)
  expect(await page.textContent('[data-lane=iit]')).toContain('300')
  await page.fill('.field input', '0000-0000')
  await page.waitForSelector('[data-found=false]')
  await phone.inspect('evident-6-receipts')
})

it('codes sent by name are labelled weaker, and wait for their days', async () => {
  const round = await servedRound({
    handout: 'named',
    issueWindow: { from: dayFromNow(-1), to: dayFromNow(1) },
    answerWindow: { from: dayFromNow(2), to: dayFromNow(9) },
  })
  const phone = await Phone.open(round.profile)
  await phone.page.goto(slipLink(round.url, round.slip('iit', 0)))
  await untilReady(phone.page)
  await phone.page.waitForSelector('[data-weaker=named]')
  await phone.inspect('evident-7-named')
  // that nobody could look up who has answered is not so where codes were sent by name
  await phone.tap('#more-check')
  await phone.page.waitForSelector('.asked')
  expect(await phone.page.locator('.asked summary').count()).toBe(7)
  await phone.page.goBack()
  await untilReady(phone.page)
  await answerAll(phone)
  await phone.page.waitForSelector('[data-trouble=answers-not-open]')
  await phone.inspect('evident-8-answers-not-open')
})

it('a slip that is scanned before its days is stored and says when to come back', async () => {
  const round = await servedRound({
    issueWindow: { from: dayFromNow(3), to: dayFromNow(5) },
    answerWindow: { from: dayFromNow(3), to: dayFromNow(9) },
  })
  const phone = await Phone.open(round.profile)
  await phone.page.goto(slipLink(round.url, round.slip('iit', 0)))
  await phone.page.waitForSelector('text=ยังไม่ถึงวันแลกบัตรตอบ')
  await phone.inspect('evident-9-not-yet')
})
