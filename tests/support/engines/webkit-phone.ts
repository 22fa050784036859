import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Builder, By, Capabilities, until, type WebDriver } from 'selenium-webdriver'
import { inject, onTestFinished } from 'vitest'
import { freePort } from '../ita.ts'
import { ENGINE_PATIENCE_MS, type EnginePhone, PHONE_SIZE } from './engine-phone.ts'
import { ARTIFACTS } from './find-engines.ts'

/** WebKitGTK's MiniBrowser. It keeps nothing on disk while it is driven: killed, it has forgotten everything. */
export async function openWebKit(): Promise<EnginePhone> {
  const { webkit, webkitDriver } = inject('engines')
  const port = await freePort()
  const display = `:${100 + (port % 10_000)}`
  const screen = spawn('Xvfb', [display, '-screen', '0', '1280x1024x24'], { stdio: 'ignore' })
  const env = { ...process.env, DISPLAY: display, WEBKIT_DISABLE_DMABUF_RENDERER: '1' }
  const driver = spawn(webkitDriver, ['--host=127.0.0.1', `--port=${port}`], { stdio: 'ignore', env })
  onTestFinished(() => Promise.all([driver, screen].map(end)).then(() => undefined))
  const capabilities = new Capabilities({
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': { binary: webkit, args: ['--automation'] },
  })
  const browser = await connect(port, capabilities)
  await browser
    .manage()
    .window()
    .setRect({ ...PHONE_SIZE, x: 0, y: 0 })
  return { ...actsOn(browser), kill: () => end(driver) }
}

/** The driver takes a moment to listen. */
async function connect(port: number, capabilities: Capabilities): Promise<WebDriver> {
  const end = Date.now() + ENGINE_PATIENCE_MS
  while (true) {
    try {
      return await new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(capabilities).build()
    } catch (error) {
      if (Date.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }
}

function actsOn(browser: WebDriver): Omit<EnginePhone, 'kill'> {
  const found = (selector: string, timeoutMs = ENGINE_PATIENCE_MS) =>
    browser.wait(until.elementLocated(By.css(selector)), timeoutMs, `no ${selector}`)
  return {
    async goto(url) {
      await browser.get(url)
    },
    async newTab(url) {
      await browser.switchTo().newWindow('tab')
      await browser.get(url)
    },
    async showTab(index) {
      const tabs = await browser.getAllWindowHandles()
      await browser.switchTo().window(tabs[index] ?? '')
    },
    async reload() {
      await browser.navigate().refresh()
    },
    async waitFor(selector, timeoutMs) {
      await found(selector, timeoutMs)
    },
    async click(selector) {
      // drawn anew in the very moment: the one that took its place is found
      for (let tries = 0; ; tries += 1) {
        const target = await found(selector)
        try {
          await browser.executeScript('arguments[0].scrollIntoView({ block: "center" })', target)
          await target.click()
          return
        } catch (error) {
          if (tries === 5) throw error
        }
      }
    },
    async type(selector, text) {
      const field = await found(selector)
      await field.clear()
      await field.sendKeys(text)
    },
    async choose(selector, file) {
      await (await found(selector)).sendKeys(file)
    },
    async text(selector) {
      await found(selector)
      return browser.executeScript<string>('return document.querySelector(arguments[0]).textContent', selector)
    },
    async evaluate<T>(expression: string) {
      return browser.executeScript<T>(`return (${expression})`)
    },
    async picture(name) {
      writeFileSync(join(ARTIFACTS, `engine-webkit-${name}.png`), Buffer.from(await browser.takeScreenshot(), 'base64'))
    },
  }
}

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await ended
}
