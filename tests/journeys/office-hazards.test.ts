import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { SeededRandom } from '#cli/seeded-random'
import type { Lane } from '#protocol/lane'
import type { Response } from '#results/open-responses'
import { closedRound, HOLDER_PASSPHRASES } from '#tests/support/closed-round.ts'
import { ita } from '#tests/support/ita.ts'
import { OfficePage } from '#tests/support/office-page.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'

function staff(n: number): Response[] {
  const random = new SeededRandom(n)
  return Array.from({ length: n }, () => ({ lane: 'iit' as Lane, answers: randomAnswers('iit-2566', random) }))
}

/** Opens the first closed round of the list with holders 1 and 2. */
async function openBox(office: OfficePage, keys: readonly string[]): Promise<void> {
  const { page } = office
  await page.click('.card')
  await office.part('open')
  await page.waitForSelector('[data-open-desk]')
  await office.unlock(keys[0] ?? '', HOLDER_PASSPHRASES[0], 1)
  await office.unlock(keys[1] ?? '', HOLDER_PASSPHRASES[1], 2)
  await page.click('#open-box')
}

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
  const [csv = ''] = await one.saved('#export-csv')
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

it('shows nothing of a box that came half or altered, opens it when it comes whole, and needs no network from then on', {
  timeout: 180_000,
}, async () => {
  const { folder, data, keys, collector } = await closedRound(staff(600), { iit: 600 })
  let fault: 'cut' | 'alter' | null = 'cut'
  // between browser and collector: breaks off, or changes a line of, the box
  const between = createServer((asked, reply) => {
    const passed = request(
      `${collector.url}${asked.url}`,
      { method: asked.method, headers: asked.headers },
      (answer) => {
        reply.writeHead(answer.statusCode ?? 500, answer.headers)
        if (!asked.url?.endsWith('/sealed') || fault === null) return void answer.pipe(reply)
        let bytes = 0
        answer.on('data', (chunk: Buffer) => {
          bytes += chunk.length
          if (fault === 'alter') reply.write(Buffer.from(chunk.toString().replace('{"lane"', '{"lain"')))
          else if (bytes < 300_000) reply.write(chunk)
          else reply.destroy()
        })
        answer.on('end', () => reply.end())
      },
    )
    asked.pipe(passed)
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void between.close())
  await once(between, 'listening')
  const office = await OfficePage.open(folder, `http://127.0.0.1:${(between.address() as AddressInfo).port}`)
  const { page } = office
  await office.joinAsAdmin(data, 'ผู้ดูแล')
  await openBox(office, keys)
  await page.waitForSelector('[data-why=broken-off]')
  expect(await page.locator('[data-score]').count()).toBe(0)
  fault = 'alter'
  await page.click('[data-opening=failed] button')
  await page.click('a[href="#rounds"]')
  await openBox(office, keys)
  await page.waitForSelector('[data-why=damaged]')
  fault = null
  await page.click('[data-opening=failed] button')
  await page.click('a[href="#rounds"]')
  await openBox(office, keys)
  await page.waitForSelector('[data-results="600"]')

  await collector.kill()
  between.close()
  between.closeAllConnections()
  for (const what of ['csv', 'xlsx', 'json']) await office.saved(`#export-${what}`)
  expect(office.files().filter((name) => name.startsWith('ita-2569-'))).toHaveLength(3)
  expect(await page.textContent('[data-exports]')).toContain('ไม่มีเครือข่าย')
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
  await tabTo('#export-csv')
  const [csv] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
  expect(csv.suggestedFilename()).toMatch(/^ita-2569-/)
  // what a wide table hides is reached, too
  await tabTo('.wide')
})
