import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import puppeteer, { type ElementHandle, type Page } from 'puppeteer-core'
import { inject, onTestFinished } from 'vitest'
import { ENGINE_PATIENCE_MS, type EnginePhone, PHONE_SIZE } from './engine-phone.ts'
import { ARTIFACTS } from './find-engines.ts'

/** Height of Firefox's own bars. */
const BARS = 90

/** Chromium, or Firefox over WebDriver BiDi, with a profile on disk. */
export async function openPuppeteer(engine: 'chromium' | 'firefox', profile: string): Promise<EnginePhone> {
  mkdirSync(profile, { recursive: true })
  const browser = await puppeteer.launch({
    browser: engine === 'firefox' ? 'firefox' : 'chrome',
    executablePath: inject('engines')[engine],
    userDataDir: profile,
    headless: true,
    args: engine === 'firefox' ? [] : ['--no-sandbox', '--disable-gpu'],
    // Firefox ESR knows no command for the size of a page: its window has one
    defaultViewport: engine === 'firefox' ? null : PHONE_SIZE,
    env: {
      ...process.env,
      MOZ_HEADLESS_WIDTH: String(PHONE_SIZE.width),
      MOZ_HEADLESS_HEIGHT: String(PHONE_SIZE.height + BARS),
    },
    protocolTimeout: 2 * ENGINE_PATIENCE_MS,
  })
  const child = browser.process()
  const kill = async () => {
    const ended = new Promise((resolve) => child?.once('exit', resolve))
    if (child?.exitCode === null && child.kill('SIGKILL')) await ended
  }
  onTestFinished(kill)
  const [first] = await browser.pages()
  const tabs = [first ?? (await browser.newPage())]
  tabs[0]?.setDefaultTimeout(ENGINE_PATIENCE_MS)
  let shown = 0
  /** Acts of the tab that is shown now. */
  const acts = () => actsOn(tabs[shown] as Page, engine)
  const showTab = async (index: number) => {
    shown = index
    await tabs[index]?.bringToFront()
  }
  return {
    goto: (url) => acts().goto(url),
    reload: () => acts().reload(),
    click: (selector) => acts().click(selector),
    type: (selector, text) => acts().type(selector, text),
    choose: (selector, file) => acts().choose(selector, file),
    waitFor: (selector, timeoutMs) => acts().waitFor(selector, timeoutMs),
    text: (selector) => acts().text(selector),
    evaluate: (expression) => acts().evaluate(expression),
    picture: (name) => acts().picture(name),
    showTab,
    async newTab(url) {
      const page = await browser.newPage()
      page.setDefaultTimeout(ENGINE_PATIENCE_MS)
      tabs.push(page)
      await showTab(tabs.length - 1)
      await acts().goto(url)
    },
    kill,
  }
}

function actsOn(page: Page, engine: string): Omit<EnginePhone, 'kill' | 'newTab' | 'showTab'> {
  const waitFor = async (selector: string, timeoutMs = ENGINE_PATIENCE_MS) => {
    await page.waitForSelector(selector, { timeout: timeoutMs })
  }
  return {
    waitFor,
    async goto(url) {
      // a slip's page leaves for another while it is opened: what comes of it is waited for by what is on the screen
      await page.goto(url, { waitUntil: 'domcontentloaded' }).catch(() => undefined)
    },
    async reload() {
      await page.reload({ waitUntil: 'domcontentloaded' })
    },
    async click(selector) {
      // drawn anew in the very moment: the one that took its place is found
      for (let tries = 0; ; tries += 1) {
        const target = await page.waitForSelector(selector)
        try {
          await target?.evaluate((element) => element.scrollIntoView({ block: 'center' }))
          await target?.click()
          return
        } catch (error) {
          if (tries === 5) throw error
        }
      }
    },
    async type(selector, text) {
      const field = await page.waitForSelector(selector)
      await field?.type(text)
    },
    async choose(selector, file) {
      const field = await page.waitForSelector(selector)
      await (field as ElementHandle<HTMLInputElement> | null)?.uploadFile(file)
    },
    async text(selector) {
      await waitFor(selector)
      return page.$eval(selector, ({ textContent }) => textContent ?? '')
    },
    async evaluate<T>(expression: string) {
      return (await page.evaluate(expression)) as T
    },
    async picture(name) {
      await page.screenshot({ path: join(ARTIFACTS, `engine-${engine}-${name}.png`) })
    },
  }
}
