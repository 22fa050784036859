import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '#cli/seeded-random'
import { BoxStore } from '#collector/box/box-store'
import { answerPage, goOn, untilReady, untilStored } from '#tests/support/answering.ts'
import { Phone } from '#tests/support/phone.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { type Round, startRound } from '#tests/support/round.ts'

const answers = randomAnswers('eit-2566', new SeededRandom(5))

/** From a slip to the review screen of the short questionnaire. */
async function toReview(phone: Phone, link: string): Promise<void> {
  await phone.page.goto(link)
  await untilReady(phone.page)
  await phone.tap('#start')
  await phone.tap('[data-opening=used] label:has(input[value=yes])')
  await phone.tap('[data-opening=contact] label:has(input[value=service])')
  await goOn(phone)
  for (const page of [0, 1, 2]) {
    await phone.page.waitForSelector(`[data-item=E${page * 5 + 1}]`)
    await answerPage(phone, 'eit-2566', page, answers, 'touch')
    await goOn(phone)
  }
  await phone.page.waitForSelector('#seal')
}

async function storedIn(round: Round): Promise<number> {
  const box = await BoxStore.open(join(round.data, 'box.sqlite'))
  const [cid] = (await box.campaigns.all()).map((campaign) => campaign.cid)
  let rows = 0
  for await (const _ of box.sealedRows(cid as Uint8Array, 'eit-public')) rows += 1
  await box.end()
  return rows
}

/** All that a browser keeps for this site, as text. */
function everythingStored(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('prongsai')
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    const tables = [...database.objectStoreNames]
    const rows = await Promise.all(
      tables.map(
        (name) =>
          new Promise((resolve) => {
            const request = database.transaction(name).objectStore(name).getAll()
            request.onsuccess = () => resolve([name, request.result])
          }),
      ),
    )
    database.close()
    const cached = await Promise.all(
      (await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)),
    )
    return JSON.stringify({
      rows,
      cached,
      local: { ...localStorage },
      session: { ...sessionStorage },
      history: history.state,
      address: location.href,
    })
  })
}

describe('a phone', () => {
  it('with two tabs open and ten clicks on seal delivers once', async () => {
    const round = await startRound()
    const phone = await Phone.open(join(round.folder, 'profile'))
    const deliveries: string[] = []
    phone.page
      .context()
      .on('request', (request) => request.url().endsWith('/v1/box') && deliveries.push(request.postData() ?? ''))
    const link = round.link('eit-public')
    await toReview(phone, link)
    const twin = await phone.page.context().newPage()
    await twin.goto(link)
    await untilReady(twin)
    await phone.page.bringToFront()
    await phone.page.evaluate(() => {
      const seal = document.getElementById('seal')
      for (let click = 0; click < 10; click += 1) seal?.click()
    })
    await phone.page.waitForSelector('[data-delivery=delivered]')
    expect(await storedIn(round)).toBe(1)
    expect(new Set(deliveries).size).toBe(1)
    await twin.bringToFront()
    await twin.click('#start')
    // the draft was complete, so the twin stands before sealing; the ticket is gone, and the twin is told where it went
    await twin.click('#seal')
    await twin.waitForSelector('[data-receipt]')
    expect(await storedIn(round)).toBe(1)
  })

  it('keeps nothing but a receipt, and Back shows no answer', async () => {
    const round = await startRound()
    const phone = await Phone.open(join(round.folder, 'profile'))
    const requests: string[] = []
    phone.page.on('request', (request) => requests.push(`${request.url()} ${request.postData() ?? ''}`))
    const link = round.link('eit-public')
    const code = link.split('.').at(-2) ?? ''
    await toReview(phone, link)
    const beforeSealing = await everythingStored(phone.page)
    expect(beforeSealing).toContain('"E1":')
    expect(beforeSealing).not.toContain(code)
    await phone.tap('#seal')
    await phone.page.waitForSelector('[data-delivery=delivered]')
    const receipt = (await phone.page.textContent('[data-receipt]')) ?? ''
    for (let back = 0; back < 5; back += 1) {
      await phone.page.goBack({ timeout: 2000 }).catch(() => null)
      expect(await phone.page.locator('[data-item]').count()).toBe(0)
    }
    await phone.page.goto(round.url)
    await phone.page.waitForSelector('[data-receipt]')
    await phone.inspect('home-th-with-receipt')
    const stored = await everythingStored(phone.page)
    expect(stored).toContain(receipt)
    for (const trace of [code, '"E1"', 'contact', '"sig"', '"ct"', '"input"']) expect(stored).not.toContain(trace)
    const afterwards = requests.filter((request) => request.includes('/v1/box'))
    expect(afterwards).toHaveLength(1)
    for (const trace of ['"E1"', code, 'service']) expect(afterwards[0]).not.toContain(trace)
  })

  it('shows the very bytes that leave it', async () => {
    const round = await startRound()
    const phone = await Phone.open(join(round.folder, 'profile'))
    await toReview(phone, round.link('eit-public'))
    await phone.tap('details summary')
    const plain = JSON.parse((await phone.page.textContent('.bytes pre')) ?? '')
    expect(plain).toEqual({ v: 1, form: 'eit-2566', part: 'eit-public', answers, coarse: { contact: 'service' } })
    await phone.inspect('leaves-th-review')
    await round.stop()
    await phone.tap('#seal')
    await phone.page.waitForSelector('[data-delivery=kept]')
    await phone.tap('details summary')
    const shown = (await phone.page.textContent('.bytes pre'))?.trim()
    await phone.inspect('leaves-th-sealed')
    const sent = phone.page.waitForRequest((request) => request.url().endsWith('/v1/box'), { timeout: 70_000 })
    await round.start()
    expect((await sent).postData()).toBe(shown)
  })

  it('behind a captive portal, and with answers lost on the way, loses and doubles nothing', async () => {
    const round = await startRound()
    const phone = await Phone.open(join(round.folder, 'profile'))
    await toReview(phone, round.link('eit-public'))
    let [mood, portals, lost] = ['portal', 0, 0]
    await phone.page.route('**/v1/box', async (route) => {
      if (mood === 'portal') {
        portals += 1
        await route.fulfill({ status: 200, contentType: 'text/html', body: '<html>Sign in to this Wi-Fi</html>' })
      } else if (mood === 'lost') {
        await route.fetch()
        lost += 1
        await route.abort()
      } else await route.continue()
    })
    await phone.tap('#seal')
    await phone.page.waitForSelector('.notice.warning')
    expect(await phone.page.getAttribute('[data-delivery]', 'data-delivery')).toBe('kept')
    mood = 'lost'
    await phone.tap('.button.secondary')
    await expect.poll(() => lost).toBeGreaterThan(0)
    expect(await storedIn(round)).toBe(1)
    mood = 'well'
    await phone.page.waitForSelector('[data-delivery=delivered]', { timeout: 70_000 })
    expect(portals).toBeGreaterThan(0)
    expect(await storedIn(round)).toBe(1)
  })

  it('whose site data is cleared says so, and claims no delivery', async () => {
    const round = await startRound()
    const phone = await Phone.open(join(round.folder, 'profile'))
    await toReview(phone, round.link('eit-public'))
    await round.stop()
    await phone.tap('#seal')
    await phone.page.waitForSelector('[data-delivery=kept]')
    await phone.page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const request = indexedDB.deleteDatabase('prongsai')
          request.onsuccess = () => resolve()
          request.onblocked = () => undefined
        }),
    )
    await phone.tap('.button.secondary')
    await phone.page.waitForSelector('[data-problem=storage-wiped]')
    await phone.inspect('problem-th-wiped')
  })

  it('tells a used, foreign or damaged slip in words, and leaves a way on', async () => {
    const round = await startRound()
    const phone = await Phone.open(join(round.folder, 'profile'))
    const link = round.link('iit')
    await phone.page.goto(link)
    await untilReady(phone.page)
    await untilStored(phone.page)
    const other = await Phone.open(join(round.folder, 'other-profile'))
    await other.page.goto(link)
    await other.page.waitForSelector('[data-problem=code-used]')
    await other.inspect('problem-th-used')
    await other.tap('.button.secondary')
    await other.page.waitForSelector('[data-problem]', { state: 'detached' })
    await other.page.goto(`${round.url}/?openExternalBrowser=1#t.broken`)
    await other.page.waitForSelector('[data-problem=link-damaged]')
    const foreign = link.replace(/#t\.[^.]+/, '#t.AAAAAAAAAAAAAAAAAAAAAA')
    await other.page.goto(foreign)
    await other.page.waitForSelector('[data-problem=campaign-unknown]')
    const altered = `${link.slice(0, -22)}AAAAAAAAAAAAAAAAAAAAAA`
    await other.page.goto(altered)
    await other.page.waitForSelector('[data-problem=manifest-mismatch]')
    await other.inspect('problem-th-mismatch')
    // the first phone scans its own slip again: its ticket is still its own
    await phone.page.goto(link)
    await untilReady(phone.page)
  })

  it('whose visitor never used the service sends nothing and keeps nothing', async () => {
    const round = await startRound()
    const phone = await Phone.open(join(round.folder, 'profile'))
    await phone.page.goto(round.link('eit-public'))
    await untilReady(phone.page)
    await phone.tap('#start')
    await phone.tap('[data-opening=used] label:has(input[value=yes])')
    await phone.tap('[data-opening=contact] label:has(input[value=service])')
    await phone.tap('[data-opening=used] label:has(input[value=no])')
    await goOn(phone)
    await phone.page.waitForSelector('h1:has-text("ขอบคุณ")')
    await phone.inspect('declined-th')
    expect(await everythingStored(phone.page)).not.toContain('contact')
    expect(await storedIn(round)).toBe(0)
  })
})
