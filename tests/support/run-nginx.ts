import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, onTestFinished } from 'vitest'
import { freePort } from './ita.ts'

const EXAMPLE = new URL('../../src/collector/nginx.conf', import.meta.url)

export interface Proxy {
  readonly url: string
  /** The certificate, for whoever must trust it. */
  readonly certificate: string
  /** Everything nginx may write to. */
  readonly folder: string
}

interface Upstreams {
  /** Host and port of each process. */
  readonly issuer: string | readonly string[]
  readonly box: string | readonly string[]
  /** Default the box's. */
  readonly office?: string
}

function serversOf(hosts: string | readonly string[]): string {
  return [hosts]
    .flat()
    .map((host) => `server ${host};`)
    .join(' ')
}

/** Runs the example for production with a real nginx: only its CHANGE lines are filled in. */
export async function runNginx(folder: string, upstreams: Upstreams): Promise<Proxy> {
  for (const name of ['', 'logs', 'tmp']) mkdirSync(join(folder, name), { recursive: true, mode: 0o777 })
  const [certificate, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  const made = spawnSync('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-keyout',
    key,
    '-out',
    certificate,
    ...subject,
  ])
  expect(made.status).toBe(0)
  const [http, https] = [await freePort(), await freePort()]
  const changes: Readonly<Record<string, string>> = {
    pid: `pid ${join(folder, 'nginx.pid')};`,
    error_log: `error_log ${join(folder, 'logs', 'error.log')} crit;`,
    issuer: serversOf(upstreams.issuer),
    box: serversOf(upstreams.box),
    office: serversOf(upstreams.office ?? upstreams.box),
    'listen-http': `listen 127.0.0.1:${http};`,
    'listen-https': `listen 127.0.0.1:${https} ssl;`,
    server_name: 'server_name 127.0.0.1;',
    admin_name: 'server_name localhost;',
    certificate: `ssl_certificate ${certificate};`,
    certificate_key: `ssl_certificate_key ${key};`,
  }
  const lines = readFileSync(EXAMPLE, 'utf8').split('\n')
  const config = lines.map((line) => {
    const change = /# CHANGE ([\w-]+)$/.exec(line)?.[1]
    if (change === undefined) return line
    const filled = changes[change]
    if (filled === undefined) throw new Error(`the example has a new CHANGE line: ${change}`)
    return filled
  })
  // a user without root has no /var/lib/nginx: temporary files go where the test can look at them
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, 'tmp', name)};`,
  )
  const file = join(folder, 'nginx.conf')
  writeFileSync(file, config.join('\n').replace('http {', `http {\n    ${temp.join('\n    ')}`))
  const child = spawn(inject('nginx'), ['-p', folder, '-c', file, '-g', 'daemon off;'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  onTestFinished(async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
  })
  await expect
    .poll(
      () =>
        fetch(`http://127.0.0.1:${http}/`, { redirect: 'manual' }).then(
          (r) => r.status,
          () => 0,
        ),
      { timeout: 20_000 },
    )
    .toBe(301)
  return { url: `https://127.0.0.1:${https}`, certificate, folder }
}
