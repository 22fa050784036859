import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { newStep } from '#measures/plan'
import { OFFICE_API } from '#protocol/office-api'
import { type Asking, Browser, createRound, planBody, testOffice } from '#tests/support/test-office.ts'

/** What each route answers to: nobody, a viewer, a key holder, an administrator’s page elsewhere, the same request again. */
const TABLE: readonly [method: 'GET' | 'POST' | 'PUT', path: string, ...statuses: (number | '-')[]][] = [
  // 400: it got past the gate, and what it brought was looked at; 401 without a session: wrong proof
  ['POST', '/sign-in/options', 200, 200, 200, 403, 409],
  ['POST', '/sign-in/passkey', 400, 400, 400, 403, '-'],
  ['POST', '/sign-in/password', 400, 400, 400, 403, '-'],
  ['POST', '/join/options', 400, 400, 400, 403, '-'],
  ['POST', '/join/passkey', 400, 400, 400, 403, '-'],
  ['POST', '/join/password', 400, 400, 400, 403, '-'],
  ['GET', '/session', 401, 200, 200, 403, 200],
  ['POST', '/prove/options', 401, 200, 200, 403, 409],
  ['POST', '/prove/passkey', 401, 400, 400, 403, '-'],
  ['POST', '/prove/password', 401, 400, 400, 403, '-'],
  ['GET', '/accounts', 401, 403, 403, 403, 200],
  ['POST', '/invitations', 401, 403, 403, 403, 409],
  ['POST', '/invitations/withdraw', 401, 403, 403, 403, 409],
  ['POST', '/accounts/AAAAAAAAAAAAAAAAAAAAAA/remove', 401, 403, 403, 403, 409],
  ['GET', '/instruments', 401, 200, 200, 403, 200],
  ['POST', '/instruments', 401, 403, 403, 403, 409],
  ['POST', '/instruments/:hash/confirm', 401, 403, 403, 403, 409],
  ['POST', '/instruments/:hash/withdraw', 401, 403, 403, 403, 409],
  ['GET', '/rounds', 401, 200, 200, 403, 200],
  ['POST', '/rounds/commitment', 401, 403, 403, 403, 409],
  ['POST', '/rounds', 401, 403, 403, 403, 409],
  ['POST', '/rounds/:cid/begin', 401, 403, 403, 403, 409],
  ['POST', '/rounds/:cid/end-issue', 401, 403, 403, 403, 409],
  ['POST', '/rounds/:cid/close', 401, 403, 403, 403, 409],
  ['POST', '/rounds/:cid/canary', 401, 403, 200, 403, 409],
  ['POST', '/rounds/:cid/rehearsed', 401, 403, 409, 403, 409],
  ['GET', '/rounds/:cid/poster', 401, 200, 200, 403, 200],
  ['GET', '/rounds/:cid/open-poster', 401, 200, 200, 403, 200],
  // 409: not closed yet
  ['GET', '/rounds/:cid/closing-sheet', 401, 409, 409, 403, '-'],
  ['POST', '/rounds/:cid/slips', 401, 403, 403, 403, 409],
  ['POST', '/rounds/:cid/ask-spare', 401, 403, 403, 403, 409],
  ['POST', '/rounds/:cid/void-slips', 401, 403, 403, 403, 409],
  ['POST', '/rounds/:cid/tablets', 401, 403, 403, 403, 409],
  ['POST', '/rounds/:cid/revoke-tablet', 401, 403, 403, 403, 409],
  ['POST', '/rounds/:cid/poster-lane', 401, 403, 403, 403, 409],
  // 404: a draft has no box yet
  ['POST', '/rounds/:cid/challenge', 401, 403, 404, 403, 409],
  ['POST', '/rounds/:cid/sealed', 401, 403, 404, 403, 409],
  // 409: nothing is closed yet
  ['POST', '/rounds/:cid/choose', 401, 403, 409, 403, 409],
  ['POST', '/rounds/:cid/rows-confirmed', 401, 403, 409, 403, 409],
  ['POST', '/rounds/:cid/exported', 401, 403, 200, 403, 409],
  ['GET', '/acts', 401, 403, 200, 403, 200],
  ['GET', '/rounds/:cid/papers/oit', 401, 200, 200, 403, 200],
  ['PUT', '/rounds/:cid/papers/oit', 401, 403, 403, 403, 409],
  ['GET', '/rounds/:cid/measures/0', 401, 200, 200, 403, 200],
  ['GET', '/rounds/:cid/measure-history', 401, 200, 200, 403, 200],
  // 409: nothing was opened yet
  ['PUT', '/rounds/:cid/measures', 401, 403, 403, 403, 409],
  ['GET', '/rounds/:cid/public-report', 401, 200, 200, 403, 200],
  ['PUT', '/rounds/:cid/public-report', 401, 403, 403, 403, 409],
  ['POST', '/rounds/:cid/withdraw-report', 401, 403, 403, 403, 409],
  // 409: nothing is published
  ['GET', '/rounds/:cid/report-poster', 401, 409, 409, 403, '-'],
  ['POST', '/rounds/:cid/discard', 401, 403, 403, 403, 409],
  ['POST', '/sign-out', 401, 200, 200, 403, '-'],
]

/** Bodies that pass the shape, where a route asks for one. */
const BODIES: Readonly<Record<string, (made: Awaited<ReturnType<typeof planBody>>) => object>> = {
  '/instruments': () => ({ text: '{}' }),
  '/rounds/commitment': ({ plan }) => ({ plan, emblem: '' }),
  '/rounds': ({ boxKey }) => ({ cid: 'A'.repeat(22), boxKey }),
  '/invitations': () => ({ role: 'viewer' }),
  '/rounds/:cid/close': () => ({ why: '' }),
  '/rounds/:cid/canary': () => ({ shares: [1, 2] }),
  '/rounds/:cid/rehearsed': () => ({ shares: [1, 2], canary: token(), content: token() }),
  '/rounds/:cid/slips': () => ({ lane: 'iit', kind: 'spare', count: 1, unit: '' }),
  '/rounds/:cid/ask-spare': () => ({ lane: 'iit', count: 1, unit: '' }),
  '/rounds/:cid/choose': () => ({ lane: 'iit', choice: 'rows' }),
  '/rounds/:cid/rows-confirmed': () => ({ shares: [1, 2] }),
  '/rounds/:cid/void-slips': () => ({ lane: 'iit', printing: 1 }),
  '/rounds/:cid/tablets': () => ({ lane: 'eit-public', point: '=เคาน์เตอร์ "1", 🙂', quota: 5 }),
  '/rounds/:cid/revoke-tablet': () => ({ tablet: randomBytes(16).toString('base64url') }),
  '/rounds/:cid/poster-lane': () => ({ perDay: 5 }),
  '/rounds/:cid/sealed': () => ({ challenge: token(), proof: token() }),
  '/rounds/:cid/exported': () => ({ what: 'csv', rows: 'protected' }),
  '/rounds/:cid/measures': () => ({
    id: 'a',
    version: 0,
    removed: false,
    content: newStep('m', 1),
    account: 'A'.repeat(22),
  }),
  '/rounds/:cid/public-report': () => emptyReport(),
  '/rounds/:cid/papers/oit': () => ({ version: 0, text: '{}' }),
}

/** A public page that says nothing, of a round that is not there. */
function emptyReport(): object {
  const names = { full: 'กรม', short: 'กรม' }
  return {
    ...{
      v: 1,
      cid: 'A'.repeat(22),
      fiscalYear: 2569,
      demonstration: false,
      agency: { th: names, en: names },
      total: null,
      level: null,
    },
    ...{ enquiries: { who: 'x', how: 'y' }, target: 85, instruments: [], indicators: [], told: [] },
  }
}

const token = () => randomBytes(32).toString('base64url')

/** As nobody, viewer, holder; from another origin; and the second time of one request. */
async function statusesOf(url: string, asking: Asking, browsers: readonly Browser[]): Promise<number[]> {
  const admin = browsers[3] as Browser
  const statuses: number[] = []
  for (const browser of browsers.slice(0, 3)) statuses.push((await browser.ask(url, asking)).statusCode)
  const crossed = { ...asking, origin: 'https://evil.example', headers: { 'sec-fetch-site': 'cross-site' } }
  statuses.push((await admin.ask(url, crossed)).statusCode)
  const requestId = randomBytes(16).toString('base64url')
  await admin.ask(url, { ...asking, requestId })
  const replayed = await admin.ask(url, { ...asking, requestId })
  if (asking.method !== 'GET' && replayed.statusCode === 409)
    expect(replayed.json()).toMatchObject({ error: 'replayed' })
  return [...statuses, replayed.statusCode]
}

describe('the survey team’s room', () => {
  it('answers every route as its table says, to nobody, viewer, key holder, another origin and a repeated request', {
    timeout: 120_000,
  }, async () => {
    const office = await testOffice()
    const admin = await office.joined('admin', 'ผู้ดูแล')
    const viewer = await office.joined('viewer', 'ผู้ชม')
    const holder = await office.joined('holder', 'ผู้ถือกุญแจ')
    const plan = await planBody()
    const made = await createRound(admin, plan)
    expect(made.statusCode).toBe(200)
    const { cid } = made.json().round
    const found: unknown[] = []
    for (const [method, path, , , , , again] of TABLE) {
      const body = BODIES[path]?.(plan) ?? {}
      const asking = { method, ...(method === 'GET' ? {} : { body }) }
      const statuses = await statusesOf(path.replace(':cid', cid).replace(':hash', 'A'.repeat(43)), asking, [
        new Browser(office.app),
        viewer,
        holder,
        admin,
      ])
      found.push([method, path, ...statuses.slice(0, 4), again === '-' ? '-' : statuses[4]])
    }
    expect(found).toEqual(TABLE)
  })

  it('has no route that is not in the table', () => {
    const inTable = TABLE.map(
      ([method, path]) =>
        `${method} ${path.replace('A'.repeat(22), ':id').replace('/oit', '/:paper').replace('/0', '/:seq')}`,
    )
    expect(Object.keys(OFFICE_API).sort()).toEqual(inTable.sort())
  })
})
