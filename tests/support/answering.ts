import type { Page } from 'playwright-core'
import { questionnaire } from './forms.ts'
import type { Phone } from './phone.ts'

/** Waits until the app and all its files are on the phone, so that it starts without a network. */
export async function untilStored(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null),
  )
  await page.waitForFunction(async () => {
    const names = await caches.keys()
    const counts = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length))
    return counts.some((count) => count >= 15)
  })
}

export async function untilReady(page: Page): Promise<void> {
  await page.waitForSelector('[data-ticket=ready]', { timeout: 30_000 })
}

export async function isChecked(page: Page, item: string, code: number): Promise<boolean> {
  return page.locator(`[data-item=${item}] input[value="${code}"]`).isChecked()
}

/** Answers the items of one page, by finger or by keyboard, and goes on. */
export async function answerPage(
  phone: Phone,
  form: string,
  page: number,
  answers: Readonly<Record<string, number>>,
  how: 'touch' | 'keyboard',
): Promise<void> {
  const indicator = questionnaire(form).indicators[page]
  for (const item of indicator?.items ?? []) {
    const code = answers[item.id] ?? 0
    if (how === 'touch') await phone.tap(`[data-item=${item.id}] label:has(input[value="${code}"])`)
    else
      await answerByKeyboard(
        phone.page,
        item.id,
        item.options.findIndex((option) => option.code === code),
      )
    await phone.page.waitForSelector(`[data-item=${item.id}] input[value="${code}"]:checked`)
  }
}

/** Tab into the group, then arrows: Space chooses the first, arrows go on from there. */
async function answerByKeyboard(page: Page, item: string, index: number): Promise<void> {
  await page.locator(`[data-item=${item}] input`).first().focus()
  await page.keyboard.press('Space')
  for (let step = 0; step < index; step += 1) await page.keyboard.press('ArrowDown')
}

export async function goOn(phone: Phone): Promise<void> {
  await phone.tap('.row.end .button.primary')
}
