import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    libreoffice: string
  }
}

const PLACES = [
  '/usr/bin/libreoffice',
  '/usr/bin/soffice',
  '/snap/bin/libreoffice',
  '/opt/homebrew/bin/soffice',
  '/Applications/LibreOffice.app/Contents/MacOS/soffice',
  'C:/Program Files/LibreOffice/program/soffice.exe',
]

/** Finds a LibreOffice that opens the exported files; installs Debian's where it may; otherwise says what to install. */
export function setup({ provide }: TestProject): void {
  const libreoffice = find() ?? (install() ? find() : undefined)
  if (!libreoffice) {
    throw new Error(
      'the exported files are opened with LibreOffice: install it ("sudo apt install libreoffice-calc"), or set LIBREOFFICE to its path',
    )
  }
  provide('libreoffice', libreoffice)
}

function find(): string | undefined {
  return [process.env.LIBREOFFICE, ...PLACES].find((place) => place !== undefined && existsSync(place))
}

/** Only as root on a machine with apt: nowhere else does a test install anything. */
function install(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  process.stderr.write('installing LibreOffice for the exported files …\n')
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  apt('update')
  return apt('install', '-y', '--no-install-recommends', 'libreoffice-calc', 'python3').status === 0
}
