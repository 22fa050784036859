import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredCampaign } from '#collector/campaigns/campaign-register'
import { CONTENT_POLICY } from '#collector/http/security-headers'
import { ANSWER_BYTES } from '#protocol/sizes'
import { Failure } from '../installation/failure.ts'
import { type Finding, finding } from './finding.ts'

const LIVE_CHECKS = ['same-manifest', 'headers', 'no-cookies', 'tls', 'one-length', 'no-trace'] as const

const HEADERS: Readonly<Record<string, string>> = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

export interface LiveOptions {
  readonly url: string | undefined
  /** Folders to search for traces of a request: the data folder, the proxy's logs, the system's. */
  readonly searched: readonly string[]
}

/** Checks of the running site as a phone sees it. Throws a Failure when it cannot be reached. */
export async function liveFindings(campaigns: readonly StoredCampaign[], options: LiveOptions): Promise<Finding[]> {
  const { url, searched } = options
  if (url === undefined) return LIVE_CHECKS.map((check) => ({ check, verdict: 'unchecked', evidence: '--url' }))
  const page = await ask(`${url}/`)
  await page.arrayBuffer()
  const replies = [page, ...(await refusedOnPurpose(url))]
  const cookies = replies.filter((reply) => reply.headers.has('set-cookie')).length
  return [
    await sameManifest(url, campaigns),
    securityHeaders(page),
    finding('no-cookies', cookies === 0, `${replies.length}`),
    tls(url, page),
    await oneLength(replies.slice(1)),
    await noTrace(url, searched),
  ]
}

async function sameManifest(url: string, campaigns: readonly StoredCampaign[]): Promise<Finding> {
  const served = campaigns.filter(({ state }) => state !== 'draft')
  const texts = await Promise.all(
    served.map(async ({ manifest }) => (await ask(`${url}/v2/campaigns/${manifest.cid}`)).text()),
  )
  const same = served.every(({ text }, index) => texts[index] === text)
  return finding('same-manifest', same, `${served.length}`)
}

/** Whether the headers that protect a page arrive as they were sent: a proxy may have taken or loosened some. */
export function securityHeaders({ headers }: Pick<Response, 'headers'>): Finding {
  const wrong = Object.entries(HEADERS)
    .filter(([name, value]) => headers.get(name) !== value)
    .map(([name]) => name)
  if (!headers.has('permissions-policy')) wrong.push('permissions-policy')
  if (policyText(headers.get('content-security-policy') ?? '') !== policyText(expectedPolicy())) wrong.push('CSP')
  return finding('headers', wrong.length === 0, wrong.join(', ') || 'CSP, Trusted Types, COOP, CORP')
}

function expectedPolicy(): string {
  const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return Object.entries(CONTENT_POLICY)
    .map(([name, sources]) => [kebab(name), ...sources].join(' '))
    .join(';')
}

/** Directives and sources in one order: a proxy may write them in another, but no others. */
function policyText(policy: string): string {
  const directives = policy.split(';').map((directive) => directive.trim().split(/\s+/))
  return directives
    .filter(([name]) => name)
    .map(([name, ...sources]) => [name, ...sources.sort()].join(' '))
    .sort()
    .join('; ')
}

function tls(url: string, { headers }: Response): Finding {
  if (!url.startsWith('https:')) return { check: 'tls', verdict: 'weak', evidence: 'http' }
  return finding('tls', headers.has('strict-transport-security'), headers.get('strict-transport-security') ?? '–')
}

/** Requests that are refused for different reasons, by both routes: their answers must not be told apart by length. */
function refusedOnPurpose(url: string): Promise<Response[]> {
  const bodies = [
    '',
    '{',
    '{}',
    JSON.stringify({
      cid: 'A'.repeat(22),
      code: '0'.repeat(24),
      blinded: { outer: 'A'.repeat(512), inner: 'A'.repeat(512) },
    }),
  ]
  const requests = ['/v2/issue', '/v2/box'].flatMap((path) =>
    bodies.map((body) =>
      ask(`${url}${path}`, { method: 'POST', body, headers: { 'content-type': 'application/json' } }),
    ),
  )
  return Promise.all(requests)
}

async function oneLength(replies: readonly Response[]): Promise<Finding> {
  const lengths = new Set(await Promise.all(replies.map(async (reply) => (await reply.arrayBuffer()).byteLength)))
  return finding('one-length', lengths.size === 1 && lengths.has(ANSWER_BYTES), [...lengths].join(', '))
}

/** A request with a mark nobody else uses, in address, header and agent; then the mark is searched for on disk. */
async function noTrace(url: string, searched: readonly string[]): Promise<Finding> {
  const mark = `audit${randomBytes(12).toString('hex')}`
  const headers = { 'user-agent': mark, 'x-forwarded-for': mark, referer: `https://${mark}.example/`, 'x-mark': mark }
  const body = JSON.stringify({ cid: mark, items: [] })
  await (await ask(`${url}/?${mark}`, { headers })).arrayBuffer()
  const post = { method: 'POST', body, headers: { ...headers, 'content-type': 'application/json' } }
  await (await ask(`${url}/v2/box?${mark}`, post)).arrayBuffer()
  await (await ask(`${url}/v2/campaigns/${mark}`, { headers })).arrayBuffer()
  const files = searched.flatMap((folder) => filesIn(folder)).map((file) => [file, contains(file, mark)] as const)
  const hits = files.filter(([, found]) => found === true).map(([file]) => file)
  const unread = files.filter(([, found]) => found === null).map(([file]) => file)
  if (hits.length === 0 && unread.length > 0) {
    return { check: 'no-trace', verdict: 'unchecked', evidence: `EACCES ${unread.slice(0, 3).join(', ')}` }
  }
  return finding('no-trace', hits.length === 0, hits.slice(0, 3).join(', ') || searched.join(', '))
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) throw new Failure(`${folder} does not exist; name folders of logs that are there`)
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** Null when the file is not ours to read: then it says nothing either way. */
function contains(file: string, mark: string): boolean | null {
  try {
    return readFileSync(file, 'latin1').includes(mark)
  } catch (error) {
    // a file that vanished meanwhile holds nothing
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? false : null
  }
}

async function ask(url: string, init: RequestInit = {}): Promise<Response> {
  const reply = await fetch(url, { ...init, redirect: 'manual' }).catch(() => null)
  if (!reply) throw new Failure(`${url} cannot be reached; start the collector or check the address`)
  return reply
}
