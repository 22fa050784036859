import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SeededRandom } from '#cli/demo/seeded-random'
import { answerPage, goOn, isChecked, untilReady, untilStored } from '#tests/support/answering.ts'
import { questionnaire } from '#tests/support/forms.ts'
import { ita } from '#tests/support/ita.ts'
import { Phone } from '#tests/support/phone.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { type Round, startRound } from '#tests/support/round.ts'

/** Opens the box and answers the rows as `{lane, …codes}`. */
async function openBox(round: Round): Promise<string[]> {
  const out = join(round.folder, 'out')
  const key = round.demo.keys[0] ?? ''
  const opened = await ita(['open', '--data', round.data, '--campaign', round.demo.cid, '--key', key, '--out', out], {
    ITA_PASSPHRASE: 'demo',
  })
  expect(opened).toMatchObject({ code: 0, stderr: '' })
  return readFileSync(join(out, 'responses.csv'), 'utf8').trim().split('\r\n').slice(1)
}

async function receiptsOf(round: Round, lane: string): Promise<string[]> {
  expect((await ita(['close', '--data', round.data, '--campaign', round.demo.cid])).code).toBe(0)
  const answer = await fetch(`${round.url}/v2/campaigns/${round.demo.cid}/receipts`)
  return ((await answer.json()) as { lanes: Record<string, { receipts: string[] }> }).lanes[lane]?.receipts ?? []
}

it('staff answer the 30 IIT questions with the collector stopped, the browser killed in the middle, and are delivered without a tap', async () => {
  const round = await startRound()
  const profile = join(round.folder, 'profile')
  const answers = randomAnswers('iit-2566', new SeededRandom(11))
  let phone = await Phone.open(profile)
  const { page } = phone
  await page.goto(round.link('iit'))
  await untilReady(page)
  expect(page.url()).toBe(`${round.url}/`)
  await page.waitForSelector(`[data-check-number="${round.demo.checkNumber}"]`)
  await untilStored(page)
  await phone.inspect('iit-th-1-welcome')

  await round.stop()
  await page.reload()
  await untilReady(page)
  await phone.tap('#start')
  await page.waitForSelector('[data-item=I1]')
  await phone.inspect('iit-th-2-questions')
  await answerPage(phone, 'iit-2566', 0, answers, 'touch')
  await goOn(phone)
  await page.waitForSelector('[data-item=I7]')
  await answerPage(phone, 'iit-2566', 1, answers, 'keyboard')
  await page.waitForSelector('[data-saved=saved]')
  await phone.kill()

  phone = await Phone.open(profile)
  await phone.page.goto(`${round.url}/`)
  await untilReady(phone.page)
  expect(await phone.page.textContent('h1')).toContain('12')
  await phone.inspect('iit-th-3-draft-back')
  await phone.tap('#start')
  await phone.page.waitForSelector('[data-item=I13]')
  for (const indicator of [2, 3, 4]) {
    await answerPage(phone, 'iit-2566', indicator, answers, indicator === 3 ? 'keyboard' : 'touch')
    await goOn(phone)
  }
  await phone.page.waitForSelector('#seal')
  await phone.inspect('iit-th-4-review')
  await phone.tap('[data-review=I1]')
  await phone.page.waitForSelector('[data-item=I1]')
  expect(await isChecked(phone.page, 'I1', answers.I1 ?? 0)).toBe(true)
  await phone.tap('#to-review')
  await phone.tap('#seal')
  await phone.page.waitForSelector('[data-delivery=kept]')
  await phone.inspect('iit-th-5-sealed')
  const receipt = await phone.page.textContent('[data-receipt]')

  await round.start()
  await phone.page.waitForSelector('[data-delivery=delivered]', { timeout: 70_000 })
  await phone.inspect('iit-th-6-delivered')
  expect(await phone.page.textContent('[data-receipt]')).toBe(receipt)
  const row = `iit,${questionnaire('iit-2566')
    .items.map(({ id }) => answers[id])
    .join(',')}${','.repeat(15)}`
  expect(await openBox(round)).toEqual([row])
  expect(await receiptsOf(round, 'iit')).toEqual([receipt])
})

it('a visitor answers the 15 EIT questions in English, in large text, with the collector stopped', async () => {
  const round = await startRound()
  const answers = randomAnswers('eit-2566', new SeededRandom(12))
  const phone = await Phone.open(join(round.folder, 'profile'))
  const { page } = phone
  await page.goto(round.link('eit-public'))
  await untilReady(page)
  await untilStored(page)
  await phone.tap('.language')
  await page.waitForSelector('html[lang=en]')
  await phone.tap('.size-3')
  await phone.inspect('eit-en-1-welcome-large')
  await round.stop()
  await page.reload()
  await untilReady(page)
  expect(await page.getAttribute('html', 'lang')).toBe('en')
  expect(await page.getAttribute('html', 'data-text')).toBe('3')
  await phone.tap('#start')
  await page.waitForSelector('[data-opening=used]')
  await phone.tap('[data-opening=used] label:has(input[value=yes])')
  await phone.tap('[data-opening=contact] label:has(input[value=event])')
  await phone.inspect('eit-en-2-opening-large')
  await goOn(phone)
  for (const indicator of [0, 1, 2]) {
    await page.waitForSelector(`[data-item=E${indicator * 5 + 1}]`)
    if (indicator === 0) await phone.inspect('eit-en-3-questions-large')
    await answerPage(phone, 'eit-2566', indicator, answers, indicator === 1 ? 'keyboard' : 'touch')
    await goOn(phone)
  }
  await page.waitForSelector('#seal')
  await phone.inspect('eit-en-4-review-large')
  await phone.tap('#seal')
  await page.waitForSelector('[data-delivery=kept]')
  await phone.inspect('eit-en-5-sealed-large')
  const receipt = await page.textContent('[data-receipt]')
  await round.start()
  await page.waitForSelector('[data-delivery=delivered]', { timeout: 70_000 })
  await phone.inspect('eit-en-6-delivered-large')
  expect(await openBox(round)).toEqual([
    `eit-public${','.repeat(31)}${questionnaire('eit-2566')
      .items.map(({ id }) => answers[id])
      .join(',')}`,
  ])
  expect(await receiptsOf(round, 'eit-public')).toEqual([receipt])
})
