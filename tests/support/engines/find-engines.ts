import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { findChromium } from '../find-chromium.ts'

/** Where the engines lie. */
export interface Engines {
  readonly chromium: string
  readonly firefox: string
  readonly webkit: string
  readonly webkitDriver: string
}

declare module 'vitest' {
  export interface ProvidedContext {
    engines: Engines
  }
}

export const ARTIFACTS = join(import.meta.dirname, '..', '..', '.artifacts')

const FIREFOX = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox']
const WEBKIT = ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`)
const WEBKIT_DRIVER = ['/usr/bin/WebKitWebDriver']
const SCREEN = ['/usr/bin/Xvfb']

const PACKAGES = ['chromium', 'firefox-esr', 'webkit2gtk-driver', 'xvfb', 'fonts-noto-core']

/** Finds the three engines; installs Debian's where it may; otherwise says what to install. */
export function setup({ provide }: TestProject): void {
  mkdirSync(ARTIFACTS, { recursive: true })
  const engines = findEngines() ?? (install() ? findEngines() : undefined)
  if (!engines)
    throw new Error(`the journeys in three engines need them: install them ("sudo apt install ${PACKAGES.join(' ')}")`)
  provide('engines', engines)
}

function findEngines(): Engines | undefined {
  const there = (places: readonly string[]) => places.find((place) => existsSync(place))
  const [chromium, firefox] = [findChromium(), there([process.env.FIREFOX ?? '', ...FIREFOX])]
  const [webkit, webkitDriver] = [there(WEBKIT), there(WEBKIT_DRIVER)]
  return chromium && firefox && webkit && webkitDriver && there(SCREEN)
    ? { chromium, firefox, webkit, webkitDriver }
    : undefined
}

/** Only as root on a machine with apt: nowhere else does a test install anything. */
function install(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  process.stderr.write('installing Chromium, Firefox and WebKitGTK …\n')
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  apt('update')
  return apt('install', '-y', '--no-install-recommends', ...PACKAGES).status === 0
}
