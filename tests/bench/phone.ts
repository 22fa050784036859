import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CDPSession, chromium, type Page } from 'playwright-core'
import { demoCampaign } from '#cli/demo/demo-campaign'
import { readSlips } from '#cli/files/slips-file'
import { findChromium } from '#tests/support/find-chromium.ts'
import { freePort, serve } from '#tests/support/ita.ts'
import { serveBarePage } from './bare-page.ts'

const PHONES = 7
/** An old phone is about so many times slower than this machine. */
const SLOWER = 4
/** Slow 4G: 150 ms there and back, 1.6 Mbit/s down, 0.75 up. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 }

/** What was measured of one fresh phone; times in ms from the tap on the link. */
interface Measured {
  readonly promise: number
  readonly ready: number
  readonly question: number
  readonly answered: number
  readonly requests: number
  readonly kilobytes: number
  /** Time of the main thread until the question, ms. */
  readonly busy: number
  readonly offline: number
  /** From a tap on a choice to the frame after it, ms: all but two of a hundred are quicker. */
  readonly tap: number
}

const ROWS = ['promise', 'ready', 'question', 'answered', 'requests', 'kilobytes', 'busy', 'tap', 'offline'] as const

/**
 * From a slip's link to an answered question on fresh phones, and an offline start after it, beside a bare page behind a
 * service worker of its own. Fresh phones of both take turns, so that both have the same machine.
 */
export async function benchPhone(): Promise<void> {
  const executablePath = findChromium()
  if (!executablePath) {
    console.log('no Chromium or Chrome found: nothing of a phone is measured')
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'bench-phone-'))
  const [data, port] = [join(folder, 'data'), await freePort()]
  const { lanes } = await demoCampaign(data, `http://127.0.0.1:${port}`)
  const collector = await serve(data, port)
  const bare = await serveBarePage()
  const [app, page]: [Measured[], Measured[]] = [[], []]
  try {
    for (const { link } of readSlips(lanes.iit.slips).slice(0, PHONES)) {
      app.push(await withPhone(executablePath, (phone) => answerIn(phone, link, '#start')))
      page.push(await withPhone(executablePath, (phone) => answerIn(phone, bare.url, null)))
    }
  } finally {
    await collector.stop()
    bare.server.close()
    rmSync(folder, { recursive: true, force: true })
  }
  console.log(`slow 4G, processor ÷ ${SLOWER}, medians of ${PHONES} fresh phones, taking turns`)
  console.log(`  ${'what'.padEnd(12)}${'app'.padStart(9)}${'bare'.padStart(9)}${'ratio'.padStart(9)}`)
  for (const row of ROWS) {
    const [ours, theirs] = [medianOf(app, row), medianOf(page, row)]
    console.log(
      `  ${row.padEnd(12)}${String(Math.round(ours)).padStart(9)}${String(Math.round(theirs)).padStart(9)}${(ours / theirs).toFixed(2).padStart(9)}`,
    )
  }
}

function medianOf(measured: readonly Measured[], row: keyof Measured): number {
  return measured.map((one) => one[row]).sort((a, b) => a - b)[Math.floor(measured.length / 2)] ?? 0
}

interface BenchPhone {
  readonly page: Page
  readonly session: CDPSession
}

async function withPhone<T>(executablePath: string, use: (phone: BenchPhone) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const page = await browser.newPage({ viewport: { width: 360, height: 740 } })
    const session = await page.context().newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Performance.enable')
    await session.send('Network.emulateNetworkConditions', SLOW_4G)
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
    return await use({ page, session })
  } finally {
    await browser.close()
  }
}

/** Opens a link, begins where there is something to begin, answers the first question, and starts once more without a network. */
async function answerIn({ page, session }: BenchPhone, link: string, begin: string | null): Promise<Measured> {
  let [requests, bytes] = [0, 0]
  session.on('Network.requestWillBeSent', () => {
    requests += 1
  })
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  const started = performance.now()
  const since = async (selector: string) => {
    await page.waitForSelector(selector, { timeout: 120_000 })
    return performance.now() - started
  }
  await page.goto(link, { waitUntil: 'commit' })
  const promise = await since('h1')
  const ready = begin ? await since(`${begin}:not([aria-disabled])`) : promise
  if (begin) await tap(page, begin)
  const question = await since('[data-item=I1]')
  const busy = await taskMs(session)
  const seen = { requests, kilobytes: bytes / 1000 }
  await tap(page, '[data-item=I1] .choice')
  const answered = await since('[data-item=I1] input:checked')
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: 120_000 })
  // what was stored is stored, and what was answered is saved
  await page.waitForTimeout(3000)
  const taps = await page.evaluate(tapAround)
  await session.send('Network.emulateNetworkConditions', { ...SLOW_4G, offline: true })
  const again = performance.now()
  await page.reload({ waitUntil: 'commit' })
  await page.waitForSelector(begin ? `${begin}:not([aria-disabled])` : '[data-item=I1]', { timeout: 120_000 })
  return {
    promise,
    ready,
    question,
    answered,
    ...seen,
    busy,
    tap: percentile98(taps),
    offline: performance.now() - again,
  }
}

/** Chooses among the choices of the first question over and over; ms until the frame after each tap. Runs in the page. */
async function tapAround(): Promise<number[]> {
  const choices = [...document.querySelectorAll<HTMLElement>('[data-item=I1] input')]
  const times: number[] = []
  for (let tap = 0; tap < 100; tap += 1) {
    // people do not tap at the beginning of a frame
    await new Promise((resolve) => setTimeout(resolve, 5 + (tap % 7)))
    const tapped = performance.now()
    choices[tap % choices.length]?.click()
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    times.push(performance.now() - tapped)
  }
  return times
}

function percentile98(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.ceil(times.length * 0.98) - 1] ?? 0
}

/** Taps at once: a driver's own tap waits until nothing moves, which is time of the driver, on one of the two pages once more. */
async function tap(page: Page, selector: string): Promise<void> {
  await page.waitForSelector(selector)
  await page.evaluate((one) => document.querySelector<HTMLElement>(one)?.click(), selector)
}

async function taskMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0)
}
