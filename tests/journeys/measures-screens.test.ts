import { expect, it } from 'vitest'
import { inspectAll } from '#tests/support/inspect-looks.ts'
import { measuresTeam, saved, take } from '#tests/support/measures-page.ts'

it('the page holds in both languages, normal and largest text, light and dark, at a desk and on a phone', {
  timeout: 240_000,
}, async () => {
  const { office, page } = await measuresTeam()
  const card = await take(page, 'property', 'property-manual')
  await card.locator('summary:has-text("ความก้าวหน้า")').click()
  await saved(page)
  await inspectAll(office, 'measures')
  for (const [width, height] of [
    [320, 640],
    [820, 1180],
  ] as const) {
    await office.desk.resize({ width, height })
    await office.desk.inspect(`measures-${width}`)
  }
  await office.desk.resize(null)
  await office.part('open')
  await page.waitForSelector('[data-column]')
  await inspectAll(office, 'scorecard-kept')
  await page.check('[name=item-below]')
  await page.fill('[name=item-search]', 'งบประมาณ')
  await page.selectOption('[name=item-order]', 'lowest')
  expect(await page.locator('.counts.items tbody th').first().textContent()).toMatch(/^I8 /)
  await page.fill('[name=item-search]', '')
  // one of the ten to begin with: its button begins a measure
  await page.click('.weakest [data-weak=iit-I8] a.button')
  await page.waitForSelector('[data-issue=budget] [data-measure]')
  expect(await page.locator('[data-issue=budget] .item-chips input:checked').count()).toBe(1)
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
  await saved(page)
  await office.part('oit')
  await page.check('[data-item=O1] input[type=checkbox]')
  await page.waitForSelector('[data-item=O1][data-unproven]')
  await page.selectOption('[name=oit-show]', 'unproven')
  expect(await page.locator('.oit-item').count()).toBe(1)
  await office.desk.inspect('oit-unproven')
  await page.fill('[data-item=O1] .link-field', 'https://example.go.th/structure')
  await page.waitForSelector('.oit-item', { state: 'detached' })
  // what is not disclosed is given to somebody until a day, and stands in a list until it is done
  await page.selectOption('[name=oit-show]', 'undisclosed')
  await page.click('[data-item=O2] .oit-duty button')
  await page.fill('[name=unit-O2]', 'กลุ่มสารนิเทศ')
  await page.selectOption('[name=due-O2-year]', { index: 0 })
  await page.waitForSelector('[data-due=O2] .late')
  await page.click('[data-item=O3] .oit-duty button')
  await page.fill('[name=unit-O3]', 'กองกลาง')
  await page.click('#save-oit')
  await page.waitForSelector('#save-oit[aria-disabled]')
  await page.selectOption('[name=oit-show]', 'late')
  expect(await page.locator('.oit-item').count()).toBe(1)
  await office.desk.inspect('oit-due')
  await page.reload()
  await page.waitForSelector('[data-due-list="2"]')
  expect(await page.locator('[data-due]').evaluateAll((rows) => rows.map((row) => row.dataset.due))).toEqual([
    'O2',
    'O3',
  ])
  await page.click('[data-due=O3] button')
  expect(await page.evaluate(() => document.activeElement?.closest('[data-item]')?.getAttribute('data-item'))).toBe(
    'O3',
  )
  await page.check('[data-item=O2] input[type=checkbox]')
  await page.fill('[data-item=O2] .link-field', 'https://example.go.th/executives')
  await page.waitForSelector('[data-due-list="1"]')
})

it('an administrator without a mouse takes a measure, moves a step, and saves the document', {
  timeout: 240_000,
}, async () => {
  const { office, page } = await measuresTeam()
  const focusOn = async (selector: string) => {
    for (let pressed = 0; pressed < 400; pressed += 1) {
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`no way to ${selector} by keyboard`)
  }
  await focusOn('[data-issue=property] .add-measure summary')
  await page.keyboard.press('Enter')
  await focusOn('[data-offer=loan-register] button')
  await page.keyboard.press('Enter')
  await page.waitForSelector('[data-issue=property] [data-measure] .steps-field')
  await focusOn('[data-issue=property] .steps-field li:nth-child(2) .movers button:first-child')
  await page.keyboard.press('Enter')
  await expect
    .poll(() => page.locator('[data-issue=property] .steps-field textarea').first().inputValue())
    .toContain('พัสดุประเภทใช้สิ้นเปลือง')
  await saved(page)
  const download = page.waitForEvent('download')
  await focusOn('#save-measures')
  await page.keyboard.press('Enter')
  expect((await download).suggestedFilename()).toMatch(/\.docx$/)
  await office.desk.inspect('measures-keyboard')
})
