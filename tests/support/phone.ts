import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core'
import { expect, inject, onTestFinished } from 'vitest'

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--remote-debugging-port=0',
]

const ARTIFACTS = join(import.meta.dirname, '..', '.artifacts')

export interface ScreenSize {
  readonly width: number
  readonly height: number
}

/** A real Chromium with a profile on disk, seen as a phone: it can be killed and opened again like one. */
export class Phone {
  readonly page: Page
  readonly #process: ChildProcess
  readonly #session: CDPSession
  readonly #size: ScreenSize

  private constructor(page: Page, process: ChildProcess, session: CDPSession, size: ScreenSize) {
    this.#size = size
    this.page = page
    this.#process = process
    this.#session = session
  }

  /** `camera` is a film (y4m) that its camera sees, over and over. */
  static async open(profile: string, size = { width: 360, height: 740 }, camera?: string): Promise<Phone> {
    const child = spawn(
      inject('chromium'),
      [...FLAGS, ...filming(camera), `--user-data-dir=${profile}`, 'about:blank'],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    )
    const ended = new Promise((resolve) => child.once('exit', resolve))
    onTestFinished(async () => {
      child.kill('SIGKILL')
      await ended
    })
    const browser = await chromium.connectOverCDP(await debuggerAddress(child))
    const page = await firstPage(browser)
    const session = await page.context().newCDPSession(page)
    await session.send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 1, mobile: true })
    await session.send('Emulation.setTouchEmulationEnabled', { enabled: true })
    return new Phone(page, child, session, size)
  }

  /** Another size of the screen; null for its own. */
  async resize(size: ScreenSize | null): Promise<void> {
    const metrics = { ...(size ?? this.#size), deviceScaleFactor: 1, mobile: true }
    await this.#session.send('Emulation.setDeviceMetricsOverride', metrics)
  }

  /** Taps with a finger. */
  async tap(selector: string): Promise<void> {
    const target = this.page.locator(selector).first()
    // drawn anew in the very moment: a person's finger finds the one that took its place
    await target.scrollIntoViewIfNeeded().catch(() => target.scrollIntoViewIfNeeded())
    const box = await target.boundingBox()
    if (!box) throw new Error(`${selector} is not on the screen`)
    const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    await this.#session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] })
    await this.#session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  }

  /** Ends the browser as a battery does: no goodbye, nothing flushed. */
  async kill(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve))
    this.#process.kill('SIGKILL')
    await ended
  }

  /** What must hold on every screen: nothing for axe to find, no words cut off, nothing wider than the screen. A picture is kept. */
  async inspect(name: string): Promise<void> {
    mkdirSync(ARTIFACTS, { recursive: true })
    await this.page.screenshot({ path: join(ARTIFACTS, `${name}.png`), fullPage: true })
    const { violations } = await new AxeBuilder({ page: this.page }).setLegacyMode(true).analyze()
    expect.soft(violations.map(({ id, nodes }) => [name, id, nodes.map(({ html }) => html)])).toEqual([])
    const sideways = await this.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect.soft([name, sideways]).toEqual([name, 0])
    expect.soft([name, await this.page.evaluate(wordsOutsideCards)]).toEqual([name, []])
  }
}

/** Words of questions that stand over the edge of their card: nothing scrolls then, and nobody reads them well. Runs in the page. */
function wordsOutsideCards(): string[] {
  return [...document.querySelectorAll('.question')].flatMap((card) => {
    const edge = card.getBoundingClientRect().right
    return [...card.querySelectorAll('.text, p, label > span')]
      .filter((words) => {
        const range = document.createRange()
        range.selectNodeContents(words)
        return [...range.getClientRects()].some(({ right }) => right > edge)
      })
      .map(({ textContent }) => textContent ?? '')
  })
}

function filming(camera?: string): string[] {
  if (!camera) return []
  const fake = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']
  return [...fake, `--use-file-for-fake-video-capture=${camera}`]
}

async function debuggerAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    child.stderr?.on('data', (chunk) => {
      output += chunk
      const address = /DevTools listening on (ws:\S+)/.exec(output)?.[1]
      if (address) resolve(address)
    })
    child.once('exit', () => reject(new Error(`Chromium ended: ${output}`)))
  })
}

async function firstPage(browser: Browser): Promise<Page> {
  const [context] = browser.contexts()
  if (!context) throw new Error('Chromium has no context')
  return context.pages()[0] ?? context.newPage()
}
