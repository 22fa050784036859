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

/** Finds the programs that open the exported files; installs Debian's where it may; otherwise says what to install. */
export function setup({ provide }: TestProject): void {
  const libreoffice = findBoth() ?? (install() ? findBoth() : undefined)
  if (!libreoffice) {
    throw new Error(
      'the exported files are opened with LibreOffice and Python: install them ("sudo apt install libreoffice-calc libreoffice-writer python3"), or set LIBREOFFICE to its path',
    )
  }
  provide('libreoffice', libreoffice)
}

/** Debian puts each of its programs into a package of its own. */
const WRITER = '/usr/lib/libreoffice/program/libswlo.so'

/** LibreOffice with what reads texts, where Python is there, too. */
function findBoth(): string | undefined {
  if (existsSync('/usr/lib/libreoffice') && !existsSync(WRITER)) return undefined
  if (spawnSync('python3', ['--version']).status !== 0) return undefined
  return [process.env.LIBREOFFICE, ...PLACES].find((place) => place !== undefined && existsSync(place))
}

/** Only as root on a machine with apt: nowhere else does a test install anything. */
function install(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  process.stderr.write('installing LibreOffice for the exported files …\n')
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  apt('update')
  return (
    apt('install', '-y', '--no-install-recommends', 'libreoffice-calc', 'libreoffice-writer', 'python3').status === 0
  )
}
