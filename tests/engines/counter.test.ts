import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '#cli/demo/seeded-random'
import { ENGINES, type EnginePhone } from '#tests/support/engines/engine-phone.ts'
import { openEngine } from '#tests/support/engines/open-engine.ts'
import { questionnaire } from '#tests/support/forms.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { opened, PIN, servicePoint, sorted } from '#tests/support/tablet.ts'

/** Delivery is noticed while an officer looks at it: the longest wait between two tries is 20 s. */
const NOTICED_WITHIN_MS = 30_000

async function visit(tablet: EnginePhone, answers: Readonly<Record<string, number>>): Promise<void> {
  await tablet.click('[data-counter=attract] #start')
  await tablet.click('[data-opening=used] label:has(input[value=yes])')
  await tablet.click('[data-opening=contact] label:has(input[value=service])')
  await tablet.click('.row.end .button.primary')
  for (const { items } of questionnaire('eit-2566').indicators) {
    for (const { id } of items) {
      await tablet.click(`[data-item=${id}] label.choice:has(input[value="${answers[id]}"])`)
      await tablet.waitFor(`[data-item=${id}] input[value="${answers[id]}"]:checked`)
    }
    await tablet.click('.row.end .button.primary')
  }
  await tablet.waitFor('[data-counter=thanks]')
}

describe.each(ENGINES)('%s', (engine) => {
  it('a tablet collects from three visitors, two of them with the collector stopped, and delivers by itself', {
    timeout: 300_000,
  }, async () => {
    const point = await servicePoint()
    const tablet = await openEngine(engine, join(point.folder, 'profile'))
    await tablet.goto(await point.link(10))
    await tablet.type('[name=pin]', PIN)
    await tablet.type('[name=pin-again]', PIN)
    await tablet.click('form button')
    await tablet.waitFor('[data-counter=attract]')
    const random = new SeededRandom(7)
    const given = Array.from({ length: 3 }, () => randomAnswers('eit-2566', random))
    for (const [at, answers] of given.entries()) {
      if (at === 1) await point.stop()
      await visit(tablet, answers)
      if (at === 0) await tablet.picture('counter-thanks')
      // thanks go by themselves: a slow driver would look for their button in vain
      await tablet.waitFor('[data-counter=attract]')
    }
    await tablet.picture('counter-attract')
    await point.start()
    await expect.poll(() => opened(point), { timeout: NOTICED_WITHIN_MS }).toEqual(given.map(sorted).sort())
  })
})
