import { expect } from 'vitest'
import type { OfficePage } from './office-page.ts'

const PHONE = { width: 360, height: 740 }

/** Keys that stand on the screen in the place of their words. */
function wordlessKeys({ page }: OfficePage): Promise<string[]> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found: string[] = []
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent ?? ''
      if (/^\s*[a-z]+[A-Za-z]*(\.[a-zA-Z-]+)+\s*$/.test(text) && !text.includes('.json')) found.push(text)
    }
    return found
  })
}

/** In Thai and English, normal and largest, light and dark, at a desk and on a phone: not every combination, each of them somewhere. */
export async function inspectAll(office: OfficePage, name: string): Promise<void> {
  const { page, desk } = office
  const looks = [
    ['th', 1, 'light', null],
    ['en', 3, 'dark', null],
    ['th', 3, 'dark', PHONE],
    ['en', 1, 'light', PHONE],
  ] as const
  for (const [language, size, colorScheme, phone] of looks) {
    if ((await page.getAttribute('html', 'lang')) !== language) await page.click('.language')
    await page.waitForSelector(`html[lang=${language}]`)
    await page.click(`.size-${size}`)
    await page.emulateMedia({ colorScheme })
    await desk.resize(phone)
    expect.soft([name, await wordlessKeys(office)]).toEqual([name, []])
    await desk.inspect(`office-${name}-${language}-${size}-${colorScheme}${phone ? '-phone' : ''}`)
  }
  await desk.resize(null)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.click('.size-1')
  if ((await page.getAttribute('html', 'lang')) !== 'th') await page.click('.language')
  await page.waitForSelector('html[lang=th]')
}
