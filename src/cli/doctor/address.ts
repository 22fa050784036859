import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { connect } from 'node:tls'
import type { StoredCampaign } from '#collector/campaigns/campaign-register'
import { securityHeaders } from '../audit/live-checks.ts'
import { APP_FOLDER } from '../installation/project-folder.ts'
import { type Diagnosis, type DoctorCheck, diagnosis } from './diagnosis.ts'

const CHECKS = [
  'reachable',
  'encrypted',
  'certificate',
  'security-headers',
  'healthy',
  'same-app',
  'same-time',
  'worker-fresh',
  'rounds-answer',
] as const satisfies readonly DoctorCheck[]

/** Certificates are renewed thirty days before their end where that works by itself. */
const RENEWED_DAYS = 21
const DAY_MS = 24 * 3_600_000
const APART_MS = 120_000

/** What phones get at an address, at a time (ms since 1970). */
export async function addressDiagnoses(
  url: string | undefined,
  campaigns: readonly StoredCampaign[],
  nowMs: number,
): Promise<Diagnosis[]> {
  if (url === undefined) return CHECKS.map((check) => ({ check, health: 'unchecked', seen: '--url' }))
  const page = await get(`${url}/`)
  const certificate = await certificateOf(url, nowMs)
  if (!page) return [diagnosis('reachable', false, url), ...certificate]
  const headers = securityHeaders(page)
  return [
    diagnosis('reachable', page.status === 200, String(page.status)),
    diagnosis('encrypted', url.startsWith('https:'), url, isHere(url) ? 'look' : 'ill'),
    ...certificate,
    diagnosis('security-headers', headers.verdict === 'kept', headers.evidence),
    await healthy(url),
    sameApp(await page.text()),
    sameTime(page, nowMs),
    await workerFresh(url),
    await roundsAnswer(url, campaigns),
  ]
}

async function healthy(url: string): Promise<Diagnosis> {
  const reply = await get(`${url}/v2/health`)
  return diagnosis('healthy', reply?.status === 200, String(reply?.status ?? '–'))
}

/** The first page names all else by its hash. */
function sameApp(text: string): Diagnosis {
  return diagnosis('same-app', text === readFileSync(join(APP_FOLDER, 'index.html'), 'utf8'), 'index.html')
}

function sameTime({ headers }: Response, nowMs: number): Diagnosis {
  const there = Date.parse(headers.get('date') ?? '')
  if (Number.isNaN(there)) return { check: 'same-time', health: 'unchecked', seen: 'Date –' }
  return diagnosis('same-time', Math.abs(there - nowMs) < APART_MS, new Date(there).toISOString())
}

async function workerFresh(url: string): Promise<Diagnosis> {
  const said = (await get(`${url}/sw.js`))?.headers.get('cache-control') ?? '–'
  return diagnosis('worker-fresh', /no-cache|no-store|max-age=0/.test(said), said)
}

async function roundsAnswer(url: string, campaigns: readonly StoredCampaign[]): Promise<Diagnosis> {
  const open = campaigns.filter(({ state }) => state === 'open' || state === 'issue-closed')
  for (const { manifest, text } of open) {
    const served = await get(`${url}/v2/campaigns/${manifest.cid}`)
    if ((await served?.text()) !== text)
      return diagnosis('rounds-answer', false, `${manifest.agency.th.short} ${manifest.fiscalYear}`)
  }
  return diagnosis('rounds-answer', true, String(open.length))
}

/** Asked for even where nothing else answers: an expired certificate is why. */
function certificateOf(url: string, nowMs: number): Promise<Diagnosis[]> {
  const { protocol, hostname, port } = new URL(url)
  if (protocol !== 'https:') return Promise.resolve([])
  return new Promise((resolve) => {
    // whether anybody trusts it is what `reachable` says; here only its end is read
    const socket = connect({
      host: hostname,
      port: Number(port || 443),
      ...(isIP(hostname) ? {} : { servername: hostname }),
      rejectUnauthorized: false,
    })
    socket.setTimeout(10_000, () => socket.destroy(new Error('timeout')))
    socket.once('error', (error) => resolve([diagnosis('certificate', false, error.message)]))
    socket.once('secureConnect', () => {
      const end = Date.parse(socket.getPeerCertificate().valid_to)
      socket.end()
      const days = Math.floor((end - nowMs) / DAY_MS)
      resolve([diagnosis('certificate', days >= RENEWED_DAYS, `${days} d`, days < 0 ? 'ill' : 'look')])
    })
  })
}

function isHere(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname)
}

async function get(url: string): Promise<Response | null> {
  return fetch(url, { redirect: 'manual' }).catch(() => null)
}
