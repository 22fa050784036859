import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SeededRandom } from '#cli/demo/seeded-random'
import { answerPage, goOn, untilReady } from '#tests/support/answering.ts'
import { Phone } from '#tests/support/phone.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { startRound } from '#tests/support/round.ts'

/** Takes away, before any script of a page runs, what Chrome 87 and Safari 15 did not have yet. */
function becomeOld(): void {
  const gone: readonly (readonly [object, readonly string[]])[] = [
    [String.prototype, ['isWellFormed', 'toWellFormed', 'at']],
    [Array.prototype, ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with']],
    [Uint8Array.prototype, ['at', 'findLast', 'toBase64', 'toHex']],
    [Object, ['hasOwn', 'groupBy']],
    [Promise, ['withResolvers', 'try']],
    [Array, ['fromAsync']],
    [AbortSignal, ['timeout', 'any']],
    [crypto, ['randomUUID']],
    [Crypto.prototype, ['randomUUID']],
    [Navigator.prototype, ['locks', 'wakeLock', 'userAgentData']],
    [globalThis, ['structuredClone', 'reportError', 'BroadcastChannel', 'DecompressionStream', 'scheduler']],
  ]
  for (const [where, names] of gone) for (const name of names) Reflect.deleteProperty(where, name)
}

it('a phone of 2020 answers from slip to receipt, and nothing fails unseen', async () => {
  const round = await startRound()
  const answers = randomAnswers('iit-2566', new SeededRandom(41))
  const phone = await Phone.open(join(round.folder, 'profile'))
  const { page } = phone
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  await page.addInitScript(becomeOld)
  await page.goto(round.link('iit'))
  await untilReady(page)
  expect(await page.evaluate(() => ['at' in Array.prototype, 'structuredClone' in globalThis])).toEqual([false, false])
  await page.waitForSelector(`[data-check-number="${round.demo.checkNumber}"]`)
  await phone.tap('#start')
  for (const part of [0, 1, 2, 3, 4]) {
    await page.waitForSelector(`[data-item=I${part * 6 + 1}]`)
    await answerPage(phone, 'iit-2566', part, answers, 'touch')
    await goOn(phone)
  }
  await phone.tap('#seal')
  await page.waitForSelector('[data-delivery=delivered]')
  expect(errors).toEqual([])
})
