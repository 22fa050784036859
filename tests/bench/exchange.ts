import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { makeCampaign, openAtOnce } from '#cli/installation/make-campaign'
import { openStores } from '#collector/installation/data-folder'
import { blindSign, type SigningKey } from '#collector/issuer/blind-sign'
import { makeSlips } from '#collector/rounds/make-slips'
import { toBase64Url } from '#protocol/bytes'
import { issueBody } from '#protocol/messages'
import { SIZES } from '#protocol/sizes'
import { serve } from '#tests/support/ita.ts'
import { dayFromNow, TEST_OWNER } from '#tests/support/make-round.ts'
import { load } from './load.ts'
import { perSecond, report } from './rate.ts'

const EXCHANGES = 1500
const CONNECTIONS = 32

/** Exchanges of a slip for its two tickets over HTTP, beside bare blind signatures of one key and of both. */
export async function benchExchange(folder: string): Promise<void> {
  const data = join(folder, 'exchange')
  const { bodies, keys } = await makeRound(data)
  report('(a) bare blind signatures, one core: one ticket a slip', signatures([keys.outer]))
  const both = signatures([keys.outer, keys.inner])
  report('(b) the same, two tickets a slip', both)
  const collector = await serve(data)
  try {
    const rate = await load({
      url: collector.url,
      path: '/v2/issue',
      bodies,
      connections: CONNECTIONS,
      good: '"signed"',
    })
    report(`exchanges over HTTP, ${CONNECTIONS} connections`, rate, { '(b)': both })
  } finally {
    await collector.stop()
  }
  console.log(`bytes of one exchange: ${bodies[0]?.length}`)
}

/** A round in which so many slips can be exchanged, and what their phones would send. */
async function makeRound(data: string) {
  const stores = await openStores(data)
  const window = { from: dayFromNow(-1), to: dayFromNow(30) }
  const made = await makeCampaign(stores, {
    ...{ fiscalYear: 2569, ...TEST_OWNER, eligible: { iit: EXCHANGES } },
    ...{ issueWindow: window, answerWindow: window, k: { iit: 10, eit: 5 } },
    handout: 'drawn',
    keyShares: { shares: 3, threshold: 2 },
  })
  const codes = await makeSlips(stores.issuer, made.campaign, { lane: 'iit', kind: 'main', count: EXCHANGES })
  await openAtOnce(stores, made)
  const { cid } = made.campaign
  const keys = await stores.issuer.keys.of(cid, 'iit')
  await stores.end()
  if (!keys) throw new Error('no signing keys')
  return { keys, bodies: codes.map((code) => issueBody(cid, code, blank())) }
}

/** Any number below every modulus: a signer cannot tell it from a blinded message. */
function blank() {
  const message = () => toBase64Url(randomBytes(SIZES.signature).fill(0, 0, 1))
  return { outer: message(), inner: message() }
}

/** Slips a second for which each of these keys signs once. */
function signatures(keys: readonly SigningKey[]): number {
  const message = () => randomBytes(SIZES.signature).fill(0, 0, 1)
  const started = performance.now()
  for (let count = 0; count < EXCHANGES; count += 1) for (const key of keys) blindSign(key, message())
  return perSecond(EXCHANGES, started)
}
