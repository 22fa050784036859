import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of PostgreSQL's programs. */
    postgres: string
  }
}

/** Finds PostgreSQL for the tests of the second database; installs Debian's where it may; otherwise says what to install. */
export function setup({ provide }: TestProject): void {
  const postgres = find() ?? (install() ? find() : undefined)
  if (!postgres)
    throw new Error(
      'rounds in PostgreSQL are tested with a real one: install it ("sudo apt install postgresql"), or set POSTGRES to the folder of its programs',
    )
  provide('postgres', postgres)
}

function find(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const places = [
    process.env.POSTGRES,
    ...versions.map((version) => join(debian, version, 'bin')),
    '/usr/local/bin',
    '/opt/homebrew/bin',
  ]
  return places.find((place) => place !== undefined && existsSync(join(place, 'initdb')))
}

/** Only as root on a machine with apt: nowhere else does a test install anything. */
function install(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  process.stderr.write('installing PostgreSQL for the tests of the second database …\n')
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  apt('update')
  // without a cluster of its own: the tests make theirs
  return apt('install', '-y', '--no-install-recommends', 'postgresql').status === 0
}
