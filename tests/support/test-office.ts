import { randomBytes } from 'node:crypto'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { TOTP } from 'otpauth'
import { onTestFinished } from 'vitest'
import { officeTools } from '#cli/installation/office-tools'
import { buildCollector } from '#collector/http/collector'
import { openStores } from '#collector/installation/data-folder'
import type { Role } from '#protocol/office'
import { makeBoxKeys } from '#protocol/sealed-box'
import { dayFromNow, TEST_OWNER } from './make-round.ts'
import { tempFolder } from './temp-folder.ts'

const ORIGIN = 'http://localhost:8080'
const PASSWORD = 'สี่คำยาวพอสมควร'
const DAY_MS = 86_400_000

export interface Asking {
  readonly method?: 'GET' | 'POST' | 'PUT'
  readonly body?: object
  readonly origin?: string | null
  readonly requestId?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Somebody's browser, as far as the collector can tell. */
export class Browser {
  readonly #app: FastifyInstance
  readonly #address: string
  cookie: string | undefined

  constructor(app: FastifyInstance, address = '127.0.0.1') {
    this.#app = app
    this.#address = address
  }

  async ask(path: string, asking: Asking = {}): Promise<LightMyRequestResponse> {
    const { method = 'GET', body, origin = ORIGIN, requestId = randomBytes(16).toString('base64url') } = asking
    const reply = await this.#app.inject({
      method,
      url: `/v2/admin${path}`,
      remoteAddress: this.#address,
      headers: {
        host: new URL(ORIGIN).host,
        ...(method === 'GET' || origin === null ? {} : { origin }),
        'x-request-id': requestId,
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...asking.headers,
      },
      ...(body ? { payload: body } : {}),
    })
    const set = reply.headers['set-cookie']
    if (typeof set === 'string') this.cookie = set.split(';')[0]
    return reply
  }

  post(path: string, body: object = {}): Promise<LightMyRequestResponse> {
    return this.ask(path, { method: 'POST', body })
  }
}

/** A collector with the survey team's room; time passes when it is told to. */
export async function testOffice() {
  let now = Date.now()
  const stores = await openStores(tempFolder())
  const app = await buildCollector({
    ...stores,
    appFolder: null,
    now: () => now,
    officeTools: officeTools({ origin: undefined }),
  })
  onTestFinished(async () => {
    await app.close()
    await stores.end()
  })
  const totps = new Map<string, string>()
  const code = (name: string) => new TOTP({ secret: totps.get(name) ?? '' }).generate({ timestamp: now })
  return {
    stores,
    app,
    code,
    password: PASSWORD,
    wait(ms: number) {
      now += ms
    },
    /** Somebody who joined by an invitation, with a password and an authenticator app. */
    async joined(role: Role, name: string): Promise<Browser> {
      const browser = new Browser(app)
      const token = await stores.office.accounts.invite(role, now + DAY_MS)
      const begun = (await browser.post('/join/options', { token, name })).json()
      totps.set(name, begun.totp)
      const { challenge } = begun
      const reply = await browser.post('/join/password', { token, challenge, password: PASSWORD, code: code(name) })
      if (reply.statusCode !== 200) throw new Error(reply.body)
      // the next code of the same half minute would be refused as used
      now += 30_000
      return browser
    },
    signIn(browser: Browser, name: string, more: { password?: string; code?: string } = {}) {
      return browser.post('/sign-in/password', { name, password: PASSWORD, code: code(name), ...more })
    },
  }
}

/** Makes a round in its two steps, as the browser does. Answers the reply that refused, or the last one. */
export async function createRound(
  browser: Browser,
  { plan, boxKey }: { readonly plan: object; readonly boxKey: string },
): Promise<LightMyRequestResponse> {
  const promised = await browser.post('/rounds/commitment', { plan, emblem: '' })
  if (promised.statusCode !== 200) return promised
  const { cid } = JSON.parse(promised.json().commitment)
  return browser.post('/rounds', { cid, boxKey })
}

/** A plan that can be kept, and a box key. */
export async function planBody(change: object = {}) {
  const { publicKey } = await makeBoxKeys()
  const window = { from: dayFromNow(0), to: dayFromNow(30) }
  return {
    boxKey: Buffer.from(publicKey).toString('base64url'),
    plan: {
      fiscalYear: 2569,
      ...TEST_OWNER,
      eligible: { iit: 40, 'eit-public': 40 },
      openPerDay: 10,
      issueWindow: window,
      answerWindow: window,
      k: { iit: 10, eit: 5 },
      handout: 'drawn',
      keyShares: { shares: 3, threshold: 2 },
      ...change,
    },
  }
}
