import { join } from 'node:path'
import { expect, it } from 'vitest'
import { goOn, isChecked, untilReady, untilStored } from '#tests/support/answering.ts'
import { Phone } from '#tests/support/phone.ts'
import { startRound } from '#tests/support/round.ts'

/** Sets how much this origin may store, as a small phone does. */
async function allow(phone: Phone, origin: string, quotaSize: number): Promise<void> {
  const session = await phone.page.context().newCDPSession(phone.page)
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize })
}

/** Fills what is left to the last few bytes, as other apps do. */
async function fillUp(phone: Phone): Promise<void> {
  await phone.page.evaluate(async () => {
    const junk = await caches.open('junk')
    for (let size = 2 ** 20; size >= 16; size /= 2) {
      for (let count = 0; count < 3; count += 1) {
        await junk.put(`/junk-${size}-${count}`, new Response(new Uint8Array(size))).catch(() => undefined)
      }
    }
  })
}

it('a full phone says so in words, and takes the same slip once there is room', async () => {
  const round = await startRound()
  const phone = await Phone.open(join(round.folder, 'profile'))
  await allow(phone, round.url, 1)
  await phone.page.goto(round.link('eit-public'))
  await phone.page.waitForSelector('[data-problem=storage-full]', { timeout: 30_000 })
  await phone.inspect('problem-th-full')
  await allow(phone, round.url, 100 * 2 ** 20)
  await expect
    .poll(
      async () => {
        if (await phone.page.locator('[data-problem]').count()) await phone.tap('.button.secondary')
        return phone.page.locator('[data-ticket=ready]').count()
      },
      { timeout: 60_000, interval: 3000 },
    )
    .toBe(1)
})

it('a phone that fills up while answering keeps the answers on the page, says so, and goes on when there is room', async () => {
  const round = await startRound()
  const phone = await Phone.open(join(round.folder, 'profile'))
  await allow(phone, round.url, 3 * 2 ** 20)
  await phone.page.goto(round.link('eit-public'))
  await untilReady(phone.page)
  await untilStored(phone.page)
  await phone.tap('#start')
  await phone.tap('[data-opening=used] label:has(input[value=yes])')
  await phone.tap('[data-opening=contact] label:has(input[value=service])')
  await goOn(phone)
  await phone.page.waitForSelector('[data-item=E1]')
  await fillUp(phone)
  // Chromium believes for half a minute what it last knew of the room that is left
  await new Promise((resolve) => setTimeout(resolve, 32_000))
  await phone.tap('[data-item=E1] label:has(input[value="4"])')
  await phone.page.waitForSelector('[data-saved=not-saved]', { timeout: 30_000 })
  await phone.inspect('not-saved-th')
  expect(await phone.page.locator('[data-item=E1] input[value="4"]').isChecked()).toBe(true)
  await phone.page.evaluate(() => caches.delete('junk'))
  await expect
    .poll(
      async () => {
        await phone.tap('[data-item=E2] label:has(input[value="3"])')
        await phone.tap('[data-item=E2] label:has(input[value="2"])')
        await phone.page.waitForSelector('[data-saved=saved], [data-saved=not-saved]')
        return phone.page.locator('[data-saved]').getAttribute('data-saved')
      },
      { timeout: 60_000, interval: 2000 },
    )
    .toBe('saved')
  await phone.page.reload()
  await untilReady(phone.page)
  await phone.tap('#start')
  expect(await isChecked(phone.page, 'E1', 4)).toBe(true)
  expect(await isChecked(phone.page, 'E2', 2)).toBe(true)
})
