import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openStores } from '#collector/installation/data-folder'
import { readKeyShareFile } from '#protocol/key-file'
import { unwrapShare } from '#protocol/key-share'
import type { Response } from '#results/open-responses'
import { closedRound, HOLDER_PASSPHRASES } from '#tests/support/closed-round.ts'
import { ita, serve } from '#tests/support/ita.ts'
import { makeRound } from '#tests/support/make-round.ts'
import { OfficePage, openBox } from '#tests/support/office-page.ts'
import { randomAnswers, staff } from '#tests/support/random-answers.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

it('says what is wrong with a key, and loses nothing: no key file, wrong passphrase, another round, the same twice', {
  timeout: 120_000,
}, async () => {
  const { folder, data, keys, collector } = await closedRound(staff(12))
  const office = await OfficePage.open(folder, collector.url)
  const { page } = office
  await office.joinAsAdmin(data, 'ผู้ดูแล')
  await page.click('.card')
  await office.part('open')
  await page.waitForSelector('[data-open-desk]')
  const noKey = join(folder, 'no-key.json')
  writeFileSync(noKey, '{"kind":"shopping list"}')
  const other = join(folder, 'other.json')
  writeFileSync(other, readFileSync(keys[0] ?? '', 'utf8').replace(/"cid":"....../, '"cid":"AAAAAA'))
  const attempt = async (file: string, passphrase: string, fault: string) => {
    await page.setInputFiles('[name=key]', file)
    await page.fill('#passphrase', passphrase)
    await page.click('.share-desk button[type=submit]')
    await page.waitForSelector(`[data-fault=${fault}]`)
  }
  await attempt(noKey, 'อะไรก็ได้', 'not-a-key-file')
  await attempt(other, HOLDER_PASSPHRASES[0], 'other-campaign')
  await attempt(keys[0] ?? '', HOLDER_PASSPHRASES[1], 'wrong-passphrase')
  await office.unlock(keys[0] ?? '', HOLDER_PASSPHRASES[0], 1)
  await attempt(keys[0] ?? '', HOLDER_PASSPHRASES[0], 'same-share-twice')
  expect(await page.getAttribute('#open-box', 'aria-disabled')).toBe('true')
  await office.unlock(keys[2] ?? '', HOLDER_PASSPHRASES[2], 3)
  await page.click('#open-box')
  await page.waitForSelector('[data-results="12"]')
})

it('explains tampered rows, shows nothing of one response or of nine, and opens for two administrators at once', {
  timeout: 180_000,
}, async () => {
  const junk = (byte: number) => ({ lane: 'iit' as const, sealed: new Uint8Array(1105).fill(byte) })
  const visitor: Response = { lane: 'eit-public', answers: randomAnswers('eit-2566') }
  const { folder, data, keys, collector } = await closedRound([...staff(9), visitor, junk(4), junk(9)])
  const [one, two] = [
    await OfficePage.open(folder, collector.url),
    await OfficePage.open(join(folder, 'two'), collector.url),
  ]
  await one.joinAsAdmin(data, 'คนที่หนึ่ง')
  await two.joinAsAdmin(data, 'คนที่สอง')
  await Promise.all([openBox(one, keys), openBox(two, keys)])
  for (const { page } of [one, two]) {
    await page.waitForSelector('[data-results="10"]')
    expect(await page.textContent('[data-spoiled=does-not-open]')).toContain('2')
    expect(await page.locator('[data-withheld]').count()).toBe(2)
    expect(await page.locator('[data-score]').count()).toBe(0)
  }
  const [csv = ''] = await one.exported('csv')
  expect(readFileSync(csv, 'utf8').trim().split('\r\n')).toHaveLength(1)
  const { stdout } = await ita(['log', '--data', data])
  expect(stdout.match(/box-opened/g)).toHaveLength(2)
})

it('a session that ends in the middle of an opening takes nothing away; a second person who enters finds nothing', {
  timeout: 180_000,
}, async () => {
  const { folder, data, keys, collector } = await closedRound(staff(12))
  const office = await OfficePage.open(folder, collector.url)
  const { page } = office
  await office.joinAsAdmin(data, 'ผู้ดูแล')
  await openBox(office, keys)
  await page.waitForSelector('[data-results="12"]')
  await page.context().clearCookies()
  await page.click('#keep-tables')
  await page.waitForSelector('[data-office=out]')
  await page.click('#passkey')
  await page.waitForSelector('[data-results="12"]')

  await page.click('.room-nav button')
  await page.waitForSelector('[data-office=out]')
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { stdout } = await ita(['admin', 'invite', '--data', data, '--role', 'viewer', '--origin', office.url])
  await page.goto(stdout.trim())
  await page.fill('[name=name]', 'ผู้ชม')
  await page.click('[data-form=join] button[type=submit]')
  await page.click('#make-passkey')
  await page.waitForSelector('[data-office=in]')
  await page.waitForSelector('.card, .parts')
  if (await page.locator('.card').count()) await page.click('.card')
  await office.part('open')
  await page.waitForSelector('.parts a[aria-current][href$=".open"]')
  expect(await page.locator('[data-results]').count()).toBe(0)
  expect(await page.locator('[data-open-desk]').count()).toBe(0)
})

it('leads a key holder from signing in to the scorecard by keyboard alone, with the focus always in sight', {
  timeout: 180_000,
}, async () => {
  const { folder, data, keys, collector } = await closedRound(staff(12))
  const office = await OfficePage.open(folder, collector.url)
  const { page } = office
  await office.join(data, 'ผู้ถือกุญแจ', 'holder')
  await page.click('.room-nav button')
  await page.waitForSelector('#passkey')
  /** Tabs until something that fits has the focus, and the eye can find it. */
  const tabTo = async (selector: string) => {
    for (let steps = 0; steps < 60; steps += 1) {
      await page.keyboard.press('Tab')
      const found = await page.evaluate((wanted) => {
        const at = document.activeElement
        if (!(at instanceof HTMLElement)) return null
        const { outlineStyle } = getComputedStyle(at.matches('[type=file]') ? (at.closest('.file') ?? at) : at)
        return { fits: at.matches(wanted), visible: outlineStyle !== 'none' || at.matches('h1') }
      }, selector)
      if (found?.fits) return expect([selector, found.visible]).toEqual([selector, true])
    }
    throw new Error(`${selector} is not reached by keyboard`)
  }
  await tabTo('#passkey')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.card, .parts')
  if (await page.locator('a.card').count()) {
    await tabTo('a.card')
    await page.keyboard.press('Enter')
  }
  await page.waitForSelector('.parts')
  await tabTo('.parts a[href$=".open"]')
  await page.keyboard.press('Enter')
  await page.waitForSelector('[data-open-desk]')
  for (const at of [0, 1]) {
    await tabTo('[name=key]')
    await page.setInputFiles('[name=key]', keys[at] ?? '')
    await tabTo('#passphrase')
    await page.keyboard.insertText(HOLDER_PASSPHRASES[at] ?? '')
    await page.keyboard.press('Enter')
    await page.waitForSelector(`[data-share="${at + 1}"]`)
  }
  await tabTo('#open-box')
  await page.keyboard.press('Enter')
  await page.waitForSelector('[data-results="12"]')
  await tabTo('#exports')
  await page.keyboard.press('Enter')
  await tabTo('#export-csv')
  const [csv] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
  expect(csv.suggestedFilename()).toMatch(/^ita-2569-/)
  // what a wide table hides is reached, too
  await tabTo('.wide')
})

it('writes a good key however often the button is pressed, and does not lose the ceremony to a click elsewhere', {
  timeout: 120_000,
}, async () => {
  const { folder, data, collector } = await closedRound(staff(12))
  const office = await OfficePage.open(folder, collector.url)
  const { page } = office
  await office.joinAsAdmin(data, 'ผู้ดูแล')
  await office.createDraft({ iit: 40 })
  await page.waitForSelector('[data-holder="1"]')
  await page.fill('[name=passphrase]', HOLDER_PASSPHRASES[0])
  await page.fill('[name=again]', HOLDER_PASSPHRASES[0])
  await page.dblclick('[data-holder] button[type=submit]')
  const [file = ''] = await office.saved('#save-key')
  await page.waitForTimeout(3000)
  const share = await unwrapShare(readKeyShareFile(JSON.parse(readFileSync(file, 'utf8'))), HOLDER_PASSPHRASES[0])
  expect(share.some((byte) => byte !== 0)).toBe(true)
  page.removeAllListeners('dialog')
  const asked = new Promise<string>((resolve) => {
    page.once('dialog', (dialog) => void dialog.dismiss().then(() => resolve(dialog.message())))
  })
  await page.click('a[href="#rounds"]')
  expect(await asked).toContain('หาย')
  await page.click('#kept')
  await page.waitForSelector('[data-holder="2"]')
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H2')
})

it('warns of a second open round of the same fiscal year, and of no round of another one', async () => {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const stores = await openStores(data)
  await makeRound(stores, { fiscalYear: 2569 })
  await makeRound(stores, { fiscalYear: 2570 })
  const collector = await serve(data)
  onTestFinished(() => collector.kill())
  const office = await OfficePage.open(folder, collector.url)
  const { page } = office
  await office.joinAsAdmin(data, 'ผู้ดูแล')
  await page.waitForSelector('.card')
  expect([await page.locator('.card').count(), await page.locator('[data-twins]').count()]).toEqual([2, 0])
  await makeRound(stores, { fiscalYear: 2569 })
  await stores.end()
  await page.reload()
  await page.waitForSelector('[data-twins]')
  expect(await page.locator('.card').count()).toBe(3)
})

it('a page that cannot be drawn says so and keeps the others, instead of a white room', async () => {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const collector = await serve(data)
  onTestFinished(() => collector.kill())
  const office = await OfficePage.open(folder, collector.url)
  const { page } = office
  await office.joinAsAdmin(data, 'ผู้ดูแล')
  const nonsense = {
    v: 2,
    today: '2026-12-01',
    rounds: [{ cid: 'A', manifest: '{"instruments":{"id":"2566","hash":""}}', lanes: [], state: 'open' }],
  }
  await page.route('**/v2/admin/rounds', (route) => route.fulfill({ json: nonsense }))
  await page.reload()
  await page.waitForSelector('[data-broken]')
  await office.desk.inspect('office-broken')
  await page.click('a[href="#team"]')
  await page.waitForSelector('[data-account]')
  await page.unroute('**/v2/admin/rounds')
  await page.click('a[href="#rounds"]')
  await page.waitForSelector('#create-round')
  expect(await page.locator('[data-broken]').count()).toBe(0)
})
