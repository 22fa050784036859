import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    nginx: string
    openssl: string
  }
}

const PLACES = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/bin/nginx', '/opt/homebrew/bin/nginx']

/** Finds nginx for the test of the proxy example; installs Debian's where it may; otherwise says what to install. */
export function setup({ provide }: TestProject): void {
  const nginx = find() ?? (install() ? find() : undefined)
  if (!nginx)
    throw new Error(
      'the proxy example is tested with nginx: install it ("sudo apt install nginx-light openssl"), or set NGINX to its path',
    )
  provide('nginx', nginx)
}

function find(): string | undefined {
  return [process.env.NGINX, ...PLACES].find((place) => place !== undefined && existsSync(place))
}

/** Only as root on a machine with apt: nowhere else does a test install anything. */
function install(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  process.stderr.write('installing nginx for the proxy example …\n')
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  apt('update')
  return apt('install', '-y', '--no-install-recommends', 'nginx-light', 'openssl').status === 0
}
