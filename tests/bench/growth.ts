import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoCampaign } from '#cli/demo/demo-campaign'
import { openStores } from '#collector/installation/data-folder'
import { fromBase64Url } from '#protocol/bytes'
import { type BoxItem, boxBody } from '#protocol/messages'
import { PADDED_SIZE, SIZES } from '#protocol/sizes'
import { copyData } from '#tests/support/copy-data.ts'
import { ita, type ServedCollector, serve } from '#tests/support/ita.ts'
import { makeItem } from './delivery-items.ts'
import { fillBox } from './fill-box.ts'
import { load } from './load.ts'
import { perSecond } from './rate.ts'

const [SINGLE, SIXTEENS, CONNECTIONS] = [3000, 3200, 32]
const SEALED_BYTES = SIZES.encapsulatedKey + PADDED_SIZE + SIZES.tag

/** What a collector does with so many responses in its box, beside one with none: `ROWS_OF=0,100000,1000000`. */
export async function benchGrowth(folder: string): Promise<void> {
  const sizes = (process.env.ROWS_OF ?? '0,10000,100000').split(',').map(Number)
  const template = join(folder, 'template')
  const { cid } = await demoCampaign(template, 'http://127.0.0.1')
  const id = fromBase64Url(cid, SIZES.campaignId)
  if (!id) throw new Error('no campaign')
  const stores = await openStores(template)
  const key = (await stores.issuer.keys.of(id, 'iit'))?.outer.privateKey
  await stores.end()
  if (!key) throw new Error('no signing key')
  const items = await Promise.all(Array.from({ length: SINGLE + SIXTEENS + 4000 }, () => makeItem(id, key)))
  const rates: { rows: number; one: number; sixteen: number }[] = []
  for (const rows of sizes) {
    const data = join(folder, `rows-${rows}`)
    copyData(template, data)
    const began = performance.now()
    fillBox(data, id, randomRows(rows))
    console.log(`${rows} rows, filled at ${Math.round(perSecond(Math.max(rows, 1), began))}/s`)
    rates.push({ rows, ...(await measure(data, cid, items)) })
  }
  const [empty] = rates
  for (const { rows, one, sixteen } of rates)
    console.log(
      `${rows} rows: ${Math.round(one)}/s one a request (${(one / (empty?.one ?? 1)).toFixed(2)} of the first), ${Math.round(sixteen)}/s sixteen (${(sixteen / (empty?.sixteen ?? 1)).toFixed(2)})`,
    )
}

function* randomRows(count: number): Generator<Uint8Array> {
  for (let at = 0; at < count; at += 1) yield randomBytes(SEALED_BYTES)
}

async function measure(data: string, cid: string, items: readonly BoxItem[]) {
  const collector = await serve(data)
  try {
    await waits(collector, 'sealing anew', nightDone(collector), items.slice(SINGLE + SIXTEENS), cid)
    const single = items.slice(0, SINGLE).map((item) => boxBody(cid, [item]))
    const many = items.slice(SINGLE, SINGLE + SIXTEENS)
    const sixteens = Array.from({ length: many.length / 16 }, (_, at) =>
      boxBody(cid, many.slice(at * 16, at * 16 + 16)),
    )
    const one = await deliver(collector.url, single)
    const sixteen = (await deliver(collector.url, sixteens)) * 16
    await waits(collector, 'a backup (ita backup)', ita(['backup', '--data', data, '--out', `${data}-backup`]))
    await waits(collector, 'closing', ita(['close', '--data', data, '--campaign', cid, '--why', 'a bench']))
    const receipts = `${collector.url}/v2/campaigns/${cid}/receipts`
    await waits(
      collector,
      'receipts, four at once',
      Promise.all([1, 2, 3, 4].map(async () => (await fetch(receipts)).text())),
    )
    console.log(`  memory at its peak: ${peakMegabytes(collector)} MB`)
    return { one, sixteen }
  } finally {
    await collector.stop()
  }
}

/** How long other requests wait while something goes on: deliveries where there are some, else a look at the round's health. */
async function waits(
  { url }: ServedCollector,
  what: string,
  work: Promise<unknown>,
  items: readonly BoxItem[] = [],
  cid = '',
): Promise<void> {
  let isOver = false
  const began = performance.now()
  const done = work.then(() => {
    isOver = true
    return performance.now() - began
  })
  const times: number[] = []
  const left = items.values()
  while (!isOver) {
    const item = left.next().value
    const started = performance.now()
    const body = item && { method: 'POST', body: boxBody(cid, [item]), headers: { 'content-type': 'application/json' } }
    const reply = await fetch(item ? `${url}/v2/box` : `${url}/v2/health`, body || {})
    await reply.text()
    if (!reply.ok) throw new Error(`${what}: ${reply.status}`)
    times.push(performance.now() - started)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round(times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0)
  console.log(
    `  ${what}: ${((await done) / 1000).toFixed(2)} s; meanwhile ${times.length} requests waited p50 ${at(0.5)}, p99 ${at(0.99)}, at most ${at(1)} ms`,
  )
}

/** When the night's work, which a collector does soon after its first start, is done. */
function nightDone({ process: child }: ServedCollector): Promise<void> {
  return new Promise((resolve) => {
    child.stdout?.on('data', (chunk) => {
      if (/sealed anew|was not done/.test(String(chunk))) {
        console.log(`  ${String(chunk).trim()}`)
        resolve()
      }
    })
  })
}

function deliver(url: string, bodies: readonly string[]): Promise<number> {
  return load({ url, path: '/v2/box', bodies, connections: CONNECTIONS, good: '"kept"', asked: '"input"' })
}

function peakMegabytes({ process: child }: ServedCollector): number {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1024)
}
