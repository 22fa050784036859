import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { demoCampaign } from '#cli/demo/demo-campaign'
import { readSlips } from '#cli/files/slips-file'
import { findChromium } from '#tests/support/find-chromium.ts'
import { freePort, serve } from '#tests/support/ita.ts'

const PHONES = 9
/** An old phone is about so many times slower than this machine. */
const SLOWER = 4

/**
 * From a slip's link to "ready to answer, even without a signal", on a fresh phone with a processor four times slower: two
 * tickets are blinded and the check number derived meanwhile. Beside it when the promise is on the screen.
 */
export async function benchReady(folder: string): Promise<void> {
  const executablePath = findChromium()
  if (!executablePath) {
    console.log('no Chromium or Chrome found: the time to "ready" is not measured')
    return
  }
  const [data, port] = [join(folder, 'ready'), await freePort()]
  const { lanes } = await demoCampaign(data, `http://127.0.0.1:${port}`)
  const collector = await serve(data, port)
  const times: { promise: number; ready: number; number: number }[] = []
  try {
    for (const { link } of readSlips(lanes.iit.slips).slice(0, PHONES)) times.push(await phone(executablePath, link))
  } finally {
    await collector.stop()
  }
  const median = (what: 'promise' | 'ready' | 'number') =>
    times.map((one) => one[what]).sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
  console.log(`from a slip's link, processor ÷ ${SLOWER}, medians of ${PHONES} fresh phones`)
  console.log(`  promise on the screen  ${Math.round(median('promise'))} ms`)
  console.log(
    `  ready to answer        ${Math.round(median('ready'))} ms   ${(median('ready') / median('promise')).toFixed(2)} × promise`,
  )
  console.log(
    `  check number shown     ${Math.round(median('number'))} ms   ${(median('number') / median('promise')).toFixed(2)} × promise`,
  )
}

async function phone(executablePath: string, link: string) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const page = await browser.newPage({ viewport: { width: 360, height: 740 } })
    const session = await page.context().newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
    const started = performance.now()
    const since = async (selector: string) => {
      await page.waitForSelector(selector, { timeout: 120_000 })
      return performance.now() - started
    }
    await page.goto(link, { waitUntil: 'commit' })
    const [promise, ready, number] = await Promise.all([
      since('h1'),
      since('[data-ticket=ready]'),
      since('[data-check-number]:not([data-check-number=""])'),
    ])
    return { promise, ready, number }
  } finally {
    await browser.close()
  }
}
