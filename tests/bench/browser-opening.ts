import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { officeTools } from '#cli/installation/office-tools'
import { OFFICE_FOLDER } from '#cli/installation/project-folder'
import type { StoredCampaign } from '#collector/campaigns/campaign-register'
import { openStores } from '#collector/installation/data-folder'
import { startCollector } from '#collector/main'
import { concat, utf8 } from '#protocol/bytes'
import { findChromium } from '#tests/support/find-chromium.ts'
import { makeBox, PASSPHRASES } from './make-box.ts'

const ROWS = Number(process.env.ROWS ?? 100_000)

/** A hundred thousand responses opened in a real browser, beside bare HPKE opens of the same bytes in as many workers. */
export async function benchBrowserOpening(folder: string): Promise<void> {
  const executablePath = findChromium()
  if (!executablePath) {
    console.log('no Chromium or Chrome found: opening in a browser is not measured')
    return
  }
  const data = join(folder, 'browser')
  const { campaign, rows, privateKey, keys } = await makeBox(data, folder, ROWS)
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const bare = await bareOpens(browser, folder, { campaign, rows, privateKey })
    const room = await roomOpens(browser, data, keys, rows.length)
    console.log(`opening ${rows.length} responses in Chromium with ${room.workers} workers`)
    console.log(`  bare HPKE opens            ${Math.round(rows.length / bare)} a second`)
    console.log(`  the room, with everything  ${Math.round(rows.length / room.seconds)} a second`)
    console.log(`  ratio                      ${(bare / room.seconds).toFixed(2)}`)
    console.log(`  longest task of the page   ${Math.round(room.longestTaskMs)} ms`)
    console.log(
      `  memory of all tabs, peak   ${Math.round(room.peakBytes / 1e6)} MB; before ${Math.round(room.idleBytes / 1e6)} MB`,
    )
  } finally {
    await browser.close()
  }
}

interface Bare {
  readonly campaign: StoredCampaign
  readonly rows: readonly Uint8Array[]
  readonly privateKey: Uint8Array
}

/** Seconds that bare opens take, in the same browser, in as many workers as the room uses. */
async function bareOpens(browser: Browser, folder: string, { campaign, rows, privateKey }: Bare): Promise<number> {
  const outDir = join(folder, 'bare')
  const entry = join(import.meta.dirname, 'bare-open-worker.ts')
  await build({
    configFile: false,
    logLevel: 'error',
    build: { outDir, lib: { entry, formats: ['es'], fileName: 'worker' } },
  })
  const info = concat(utf8('ita-box-v2'), campaign.mh)
  const server = createServer((request, reply) => {
    const name = (request.url ?? '/').slice(1)
    if (name === '') return void reply.setHeader('content-type', 'text/html').end('<title>bare</title>')
    if (name === 'rows') return void reply.end(Buffer.from(concat(...rows)))
    const file = readdirSync(outDir).find((one) => one === name)
    reply.setHeader('content-type', 'text/javascript').end(file ? readFileSync(join(outDir, file)) : '')
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  const script = readdirSync(outDir).find((name) => name.startsWith('worker')) ?? ''
  const seconds = await page.evaluate(openBare, {
    script,
    key: [...privateKey],
    info: [...info],
    aad: [...campaign.cid],
    rowBytes: rows[0]?.length ?? 0,
  })
  await page.close()
  server.close()
  return seconds
}

interface BareWork {
  readonly script: string
  readonly key: readonly number[]
  readonly info: readonly number[]
  readonly aad: readonly number[]
  readonly rowBytes: number
}

/** Runs in the page. */
async function openBare({ script, key, info, aad, rowBytes }: BareWork): Promise<number> {
  const rows = new Uint8Array(await (await fetch('/rows')).arrayBuffer())
  const workers = Math.max(1, Math.min(8, navigator.hardwareConcurrency))
  const each = Math.ceil(rows.length / rowBytes / workers) * rowBytes
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: workers }, (_, index) => {
      const worker = new Worker(`/${script}`, { type: 'module' })
      return new Promise((resolve, reject) => {
        worker.onmessage = resolve
        worker.onerror = reject
        const work = { key: new Uint8Array(key), info: new Uint8Array(info), aad: new Uint8Array(aad), rowBytes }
        worker.postMessage({ ...work, rows: rows.slice(index * each, (index + 1) * each) })
      })
    }),
  )
  return (performance.now() - begun) / 1000
}

interface RoomRun {
  readonly seconds: number
  readonly workers: number
  readonly longestTaskMs: number
  readonly idleBytes: number
  readonly peakBytes: number
}

async function roomOpens(browser: Browser, data: string, keys: readonly string[], rows: number): Promise<RoomRun> {
  const collector = await startCollector({
    dataFolder: data,
    port: 0,
    host: '127.0.0.1',
    appFolder: null,
    officeFolder: OFFICE_FOLDER,
    officeTools: officeTools({}),
  })
  const page = await browser.newPage()
  try {
    await enterRoom(page, data, collector.url.replace('127.0.0.1', 'localhost'))
    await page.click('.card')
    await page.click('.parts a[href$=".open"]')
    for (const [at, file] of keys.entries()) {
      await page.setInputFiles('[name=key]', file)
      await page.fill('#passphrase', PASSPHRASES[at] ?? '')
      await page.click('.share-desk button[type=submit]')
      await page.waitForSelector(`[data-share="${at + 1}"]`)
    }
    await page.evaluate(() => {
      const state = Object.assign(window, { longest: 0 })
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) state.longest = Math.max(state.longest, duration)
      }).observe({ type: 'longtask' })
    })
    const idleBytes = rendererBytes()
    let peakBytes = idleBytes
    const watching = setInterval(() => {
      peakBytes = Math.max(peakBytes, rendererBytes())
    }, 250)
    const begun = performance.now()
    await page.click('#open-box')
    await page.waitForSelector(`[data-results="${rows}"]`, { timeout: 1_800_000 })
    const seconds = (performance.now() - begun) / 1000
    clearInterval(watching)
    const { longestTaskMs, workers } = await page.evaluate(() => ({
      longestTaskMs: (window as unknown as { longest: number }).longest,
      workers: Math.max(1, Math.min(8, navigator.hardwareConcurrency)),
    }))
    return { seconds, workers, longestTaskMs, idleBytes, peakBytes }
  } finally {
    await page.close()
    await collector.stop()
  }
}

async function enterRoom(page: Page, data: string, url: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true } as const
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: { ...options, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  })
  const stores = await openStores(data)
  const token = await stores.office.accounts.invite('admin', Date.now() + 60_000)
  await stores.end()
  await page.goto(`${url}/admin/#join.${token}`)
  await page.fill('[name=name]', 'bench')
  await page.click('[data-form=join] button[type=submit]')
  await page.click('#make-passkey')
  await page.waitForSelector('[data-office=in]')
}

/** Resident memory of all of the browser's pages, workers included. */
function rendererBytes(): number {
  let bytes = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')) continue
      bytes += Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
    } catch {
      // it ended just now
    }
  }
  return bytes
}
