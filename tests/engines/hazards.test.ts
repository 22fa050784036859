import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '#cli/demo/seeded-random'
import { ENGINES, type EnginePhone } from '#tests/support/engines/engine-phone.ts'
import { openEngine } from '#tests/support/engines/open-engine.ts'
import { questionnaire } from '#tests/support/forms.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { startRound } from '#tests/support/round.ts'
import { storedIn } from '#tests/support/visitor.ts'

const ANSWERS = randomAnswers('eit-2566', new SeededRandom(8))

/** From a slip to the review of the short questionnaire. */
async function toReview(phone: EnginePhone, link: string): Promise<void> {
  await phone.goto(link)
  await phone.waitFor('[data-ticket=ready]')
  await phone.click('#start')
  await phone.click('[data-opening=used] label:has(input[value=yes])')
  await phone.click('[data-opening=contact] label:has(input[value=service])')
  await phone.click('.row.end .button.primary')
  for (const { items } of questionnaire('eit-2566').indicators) {
    for (const { id } of items) {
      await phone.click(`[data-item=${id}] label.choice:has(input[value="${ANSWERS[id]}"])`)
      await phone.waitFor(`[data-item=${id}] input[value="${ANSWERS[id]}"]:checked`)
    }
    await phone.click('.row.end .button.primary')
  }
  await phone.waitFor('#seal')
}

describe.each(ENGINES)('%s', (engine) => {
  it('two tabs with one draft deliver once, and the other tab is told where it went', {
    timeout: 300_000,
  }, async () => {
    const round = await startRound()
    const phone = await openEngine(engine, join(round.folder, 'profile'))
    await toReview(phone, round.link('eit-public'))
    await phone.newTab(`${round.url}/`)
    await phone.waitFor('[data-ticket=ready]')
    await phone.click('#start')
    await phone.waitFor('#seal')
    await phone.showTab(0)
    await phone.click('#seal')
    await phone.waitFor('[data-delivery=delivered]')
    await phone.showTab(1)
    await phone.click('#seal')
    await phone.waitFor('[data-receipt]')
    expect(await storedIn(round)).toBe(1)
  })

  it('a phone without room says so when an answer cannot be kept, and the answer stays on the screen', {
    timeout: 300_000,
  }, async () => {
    const round = await startRound()
    const phone = await openEngine(engine, join(round.folder, 'profile'))
    await phone.goto(round.link('iit'))
    await phone.waitFor('[data-ticket=ready]')
    await phone.click('#start')
    await phone.click('[data-item=I1] label.choice')
    await phone.waitFor('[data-saved=saved]')
    // a full disk, as the app sees one: no engine can be given a small one here
    await phone.evaluate(
      "(() => { IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }; return 0 })()",
    )
    await phone.click('[data-item=I2] label.choice')
    await phone.waitFor('[data-saved=not-saved]')
    await phone.waitFor('[data-item=I2] input:checked')
    await phone.picture('not-saved')
  })
})
