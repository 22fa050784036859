import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { closedRound } from '#tests/support/closed-round.ts'
import { OfficePage, openBox } from '#tests/support/office-page.ts'
import { staff } from '#tests/support/random-answers.ts'

type Fault = 'cut' | 'alter' | 'no-text'

/** What happens to a box between collector and browser: it breaks off, a line changes, or a byte is none of a text. */
function spoil(fault: Fault, answer: IncomingMessage, reply: ServerResponse): void {
  let bytes = 0
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (fault === 'no-text') chunk[100] = 0xff
    const text = fault === 'alter' ? Buffer.from(chunk.toString().replace('{"lane"', '{"lain"')) : chunk
    if (fault === 'cut' && bytes > 300_000) reply.destroy()
    else reply.write(text)
  })
  answer.on('end', () => reply.end())
}

it('shows nothing of a box that came half or altered, opens it when it comes whole, and needs no network from then on', {
  timeout: 180_000,
}, async () => {
  const { folder, data, keys, collector } = await closedRound(staff(600), { iit: 600 })
  let fault: Fault | null = 'cut'
  const between = createServer((asked, reply) => {
    const passed = request(
      `${collector.url}${asked.url}`,
      { method: asked.method, headers: asked.headers },
      (answer) => {
        reply.writeHead(answer.statusCode ?? 500, answer.headers)
        if (!asked.url?.endsWith('/sealed') || fault === null) answer.pipe(reply)
        else spoil(fault, answer, reply)
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
  await page.waitForSelector('[data-why=damaged], [data-why=altered]')
  fault = 'no-text'
  await page.click('[data-opening=failed] button')
  await page.click('a[href="#rounds"]')
  await openBox(office, keys)
  await page.waitForSelector('[data-why=damaged], [data-why=altered]')
  fault = null
  await page.click('[data-opening=failed] button')
  await page.click('a[href="#rounds"]')
  await openBox(office, keys)
  await page.waitForSelector('[data-results="600"]')

  await collector.kill()
  between.close()
  between.closeAllConnections()
  for (const what of ['csv', 'xlsx', 'json'] as const) await office.exported(what)
  expect(office.files().filter((name) => name.startsWith('ita-2569-'))).toHaveLength(3)
  expect(await page.textContent('[data-exports]')).toContain('ไม่มีเครือข่าย')
  // away and back: what was opened is still there
  await page.click('a[href="#rounds"]')
  await page.waitForSelector('[data-refused=unreachable]')
  await page.goBack()
  await page.waitForSelector('[data-results="600"]')
})
