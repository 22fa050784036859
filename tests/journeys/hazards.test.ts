import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { goOn, untilReady, untilStored } from '#tests/support/answering.ts'
import { Phone } from '#tests/support/phone.ts'
import { startRound } from '#tests/support/round.ts'
import { everythingStored, storedIn, toReview } from '#tests/support/visitor.ts'

describe('a phone', () => {
  it('with two tabs open and ten clicks on seal delivers once', async () => {
    const round = await startRound()
    const phone = await Phone.open(join(round.folder, 'profile'))
    const deliveries: string[] = []
    phone.page
      .context()
      .on('request', (request) => request.url().endsWith('/v2/box') && deliveries.push(request.postData() ?? ''))
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

  it('behind a captive portal, and with answers lost on the way, loses and doubles nothing', async () => {
    const round = await startRound()
    const phone = await Phone.open(join(round.folder, 'profile'))
    await toReview(phone, round.link('eit-public'))
    let [mood, portals, lost] = ['portal', 0, 0]
    await phone.page.route('**/v2/box', async (route) => {
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
    await phone.page.waitForSelector('[data-trouble=not-reached]')
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
