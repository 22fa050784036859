import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '#cli/demo/seeded-random'
import { printedCode } from '#protocol/code'
import { parseSlip } from '#protocol/slip-link'
import { ENGINES, type EnginePhone } from '#tests/support/engines/engine-phone.ts'
import { openEngine } from '#tests/support/engines/open-engine.ts'
import { questionnaire } from '#tests/support/forms.ts'
import { ita } from '#tests/support/ita.ts'
import { filesHolding, tracesOfAnswers } from '#tests/support/profile-search.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { type Round, startRound } from '#tests/support/round.ts'

const READY = '[data-ticket=ready]'

/** Until everything is on the phone: the worker rules the page, and its files are stored. */
async function untilStored(phone: EnginePhone): Promise<void> {
  await expect
    .poll(() => phone.evaluate<boolean>('navigator.serviceWorker.controller !== null'), { timeout: 60_000 })
    .toBe(true)
}

async function answerPart(phone: EnginePhone, form: string, part: number, answers: Readonly<Record<string, number>>) {
  for (const { id } of questionnaire(form).indicators[part]?.items ?? []) {
    await phone.click(`[data-item=${id}] label.choice:has(input[value="${answers[id]}"])`)
    await phone.waitFor(`[data-item=${id}] input[value="${answers[id]}"]:checked`)
  }
}

/** Longer than browsers take to write their sessions down (Firefox: 15 s). */
const WRITTEN_AFTER_MS = 20_000

/** What a page itself stores; everything else of a profile is what a browser remembers by itself. */
const OF_THE_PAGE = /IndexedDB|storage[/\\]default|Local Storage|Session Storage/

/** A browser's own history holds the slip's link, which no page can prevent and the page about checking says: neither receipt nor answers. */
async function expectOnlyTheSlipRemembered(
  phone: EnginePhone,
  profile: string,
  round: Round,
  answers: Readonly<Record<string, number>>,
): Promise<void> {
  const receipt = await phone.text('[data-receipt]')
  await new Promise((resolve) => setTimeout(resolve, WRITTEN_AFTER_MS))
  await phone.kill()
  const remembered = (text: string | Buffer) => filesHolding(profile, [text]).filter((file) => !OF_THE_PAGE.test(file))
  // the search can find what is there
  expect(remembered(new URL(round.url).host)).not.toEqual([])
  for (const trace of [receipt, ...tracesOfAnswers(answers)]) expect([trace, remembered(trace)]).toEqual([trace, []])
}

const GO_ON = '.row.end .button.primary'

/** Rows of the opened box. */
async function openedRows(round: Round): Promise<string[]> {
  const out = join(round.folder, 'out')
  const options = ['--data', round.data, '--campaign', round.demo.cid, '--key', round.demo.keys[0] ?? '', '--out', out]
  expect(await ita(['open', ...options], { ITA_PASSPHRASE: 'demo' })).toMatchObject({ code: 0, stderr: '' })
  return readFileSync(join(out, 'responses.csv'), 'utf8').trim().split('\r\n').slice(1)
}

describe.each(ENGINES)('%s', (engine) => {
  it('staff answer with the collector stopped, are killed half way where the engine can be, and are delivered without a tap', {
    timeout: 300_000,
  }, async () => {
    const round = await startRound()
    const profile = join(round.folder, 'profile')
    const answers = randomAnswers('iit-2566', new SeededRandom(31))
    let phone = await openEngine(engine, profile)
    await phone.goto(round.link('iit'))
    await phone.waitFor(READY)
    await phone.waitFor(`[data-check-number="${round.demo.checkNumber}"]`)
    expect(await phone.evaluate('location.href')).toBe(`${round.url}/`)
    await untilStored(phone)
    await phone.picture('1-welcome')
    // nothing is newer than what was just stored
    expect(await phone.evaluate("document.querySelector('.update-bar') === null")).toBe(true)
    await round.stop()
    await phone.reload()
    await phone.waitFor(READY)
    await phone.click('#start')
    await answerPart(phone, 'iit-2566', 0, answers)
    await phone.picture('2-questions')
    await phone.click(GO_ON)
    await phone.waitFor('[data-item=I7]')
    await answerPart(phone, 'iit-2566', 1, answers)
    await phone.waitFor('[data-saved=saved]')
    if (engine === 'webkit') await phone.reload()
    else {
      await phone.kill()
      phone = await openEngine(engine, profile)
      await phone.goto(`${round.url}/`)
    }
    await phone.waitFor(READY)
    expect(await phone.text('#start')).toContain('13')
    await phone.picture('3-resume')
    await phone.click('#start')
    for (const part of [2, 3, 4]) {
      await phone.waitFor(`[data-item=I${part * 6 + 1}]`)
      await answerPart(phone, 'iit-2566', part, answers)
      await phone.click(GO_ON)
    }
    await phone.waitFor('#seal')
    await phone.picture('4-review')
    await phone.click('[data-review=I2]')
    await phone.waitFor(`[data-item=I2] input[value="${answers.I2}"]:checked`)
    await phone.click('#to-review')
    await phone.click('#seal')
    await phone.waitFor('[data-delivery=kept]')
    await round.start()
    await phone.waitFor('[data-delivery=delivered]', 90_000)
    await phone.picture('5-delivered')
    if (engine !== 'webkit') await expectOnlyTheSlipRemembered(phone, profile, round, answers)
    const codes = questionnaire('iit-2566').items.map(({ id }) => answers[id])
    expect(await openedRows(round)).toEqual([`iit,${codes.join(',')}${','.repeat(15)}`])
  })

  it('the first questions are answered at once, and what comes later takes them over', {
    timeout: 300_000,
  }, async () => {
    const round = await startRound()
    const answers = randomAnswers('iit-2566', new SeededRandom(33))
    const phone = await openEngine(engine, join(round.folder, 'profile'))
    await phone.goto(round.link('iit'))
    await phone.click('#start:not([aria-disabled])')
    await answerPart(phone, 'iit-2566', 0, answers)
    await phone.waitFor('[data-saved=saved]')
    // the app has taken the page over; where the driver is slow it had before the first tap
    await expect
      .poll(() => phone.evaluate<boolean>("sessionStorage.getItem('prongsai.fresh') === null"), { timeout: 60_000 })
      .toBe(true)
    for (const { id } of questionnaire('iit-2566').indicators[0]?.items ?? [])
      await phone.waitFor(`[data-item=${id}] input[value="${answers[id]}"]:checked`)
    await phone.picture('6-taken-over')
    for (const part of [1, 2, 3, 4]) {
      await phone.click(GO_ON)
      await phone.waitFor(`[data-item=I${part * 6 + 1}]`)
      await answerPart(phone, 'iit-2566', part, answers)
    }
    await phone.click(GO_ON)
    await phone.click('#seal:not([aria-disabled])')
    await phone.waitFor('[data-delivery=delivered]', 90_000)
    const codes = questionnaire('iit-2566').items.map(({ id }) => answers[id])
    expect(await openedRows(round)).toEqual([`iit,${codes.join(',')}${','.repeat(15)}`])
  })

  it('a visitor types the code, answers in English in the largest text, and is counted', {
    timeout: 300_000,
  }, async () => {
    const round = await startRound()
    const answers = randomAnswers('eit-2566', new SeededRandom(32))
    const phone = await openEngine(engine, join(round.folder, 'profile'))
    const slip = parseSlip(new URL(round.link('eit-public')).hash)
    await phone.goto(`${round.url}/`)
    await phone.type('[name=code]', printedCode(slip?.code ?? ''))
    await phone.type('[name=number]', round.demo.checkNumber)
    await phone.click('.typed-slip .button')
    await phone.waitFor(READY)
    await phone.click('.language')
    await phone.waitFor('html[lang=en]')
    await phone.click('.size-3')
    await phone.picture('6-english-largest')
    await phone.click('#start')
    await phone.click('[data-opening=used] label.choice:has(input[value=yes])')
    await phone.click('[data-opening=contact] label.choice:has(input[value=service])')
    await phone.click(GO_ON)
    for (const part of [0, 1, 2]) {
      await phone.waitFor(`[data-item=E${part * 5 + 1}]`)
      await answerPart(phone, 'eit-2566', part, answers)
      await phone.click(GO_ON)
    }
    await phone.click('#seal')
    await phone.waitFor('[data-delivery=delivered]', 90_000)
    await phone.picture('7-english-delivered')
    const codes = questionnaire('eit-2566').items.map(({ id }) => answers[id])
    expect(await openedRows(round)).toEqual([`eit-public${','.repeat(31)}${codes.join(',')}`])
  })
})
