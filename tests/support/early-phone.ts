import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { SeededRandom } from '#cli/demo/seeded-random'
import { answerPage, goOn, untilReady } from './answering.ts'
import { questionnaire } from './forms.ts'
import { ita } from './ita.ts'
import { Phone } from './phone.ts'
import { randomAnswers } from './random-answers.ts'
import type { Round } from './round.ts'

/** What whoever begins early answers. */
export const ANSWERS = randomAnswers('iit-2566', new SeededRandom(31))

/** A phone whose network holds some files back, until they are let go. */
export async function heldBack(round: Round, files: string) {
  const phone = await Phone.open(join(round.folder, 'profile'))
  let letGo = () => {}
  const free = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await phone.page.route(files, async (route) => {
    await free
    await route.continue().catch(() => undefined)
  })
  return { phone, page: phone.page, letGo }
}

/** Until the page that took the slip in was left for the one in its place. */
export async function untilUsable(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const { prongsaiIntake } = window as { prongsaiIntake?: { readonly early: unknown } }
    return (prongsaiIntake?.early ?? null) !== null
  })
}

/** Opens a staff slip and begins as soon as one may. */
export async function begin(phone: Phone, link: string): Promise<void> {
  await phone.page.goto(link, { waitUntil: 'commit' })
  await untilUsable(phone.page)
  await phone.page.waitForSelector('#start:not([aria-disabled])')
  await phone.tap('#start')
  await phone.page.waitForSelector('[data-item=I1]')
}

export async function choose(phone: Phone, item: string): Promise<void> {
  await phone.tap(`[data-item=${item}] label:has(input[value="${ANSWERS[item]}"])`)
  await phone.page.waitForSelector(`[data-item=${item}] input[value="${ANSWERS[item]}"]:checked`)
}

/** Answers all parts from one on (from 0), as far as the review. */
export async function answerRest(phone: Phone, from: number): Promise<void> {
  for (const part of [0, 1, 2, 3, 4].slice(from)) {
    await answerPage(phone, 'iit-2566', part, ANSWERS, 'touch')
    await goOn(phone)
  }
  await phone.page.waitForSelector('#seal')
}

/** The one row of the opened box. */
export async function openedRow(round: Round): Promise<string> {
  const out = join(round.folder, 'out')
  const key = round.demo.keys[0] ?? ''
  const opened = await ita(['open', '--data', round.data, '--campaign', round.demo.cid, '--key', key, '--out', out], {
    ITA_PASSPHRASE: 'demo',
  })
  expect(opened).toMatchObject({ code: 0, stderr: '' })
  return readFileSync(join(out, 'responses.csv'), 'utf8').trim().split('\r\n')[1] ?? ''
}

/** The row that those answers are. */
export const ROW = `iit,${questionnaire('iit-2566')
  .items.map(({ id }) => ANSWERS[id])
  .join(',')}${','.repeat(15)}`

/** A staff slip that another phone has exchanged already. */
export async function usedSlip(round: Round): Promise<string> {
  const link = round.link('iit')
  const first = await Phone.open(join(round.folder, 'first'))
  await first.page.goto(link)
  await untilReady(first.page)
  return link
}
