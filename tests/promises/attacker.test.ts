import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { makeReplayDevice } from '#cli/demo/replay'
import { SeededRandom } from '#cli/demo/seeded-random'
import { IntakeKeys } from '#collector/box/intake-keys'
import { backUp } from '#collector/installation/backup'
import { FILES, intakeKeysBeside, openStores } from '#collector/installation/data-folder'
import { closeCampaign } from '#collector/rounds/campaign-life'
import { flushOutbox } from '#device/delivery/flush'
import { sealDraft } from '#device/seal'
import { redeemSlip } from '#device/ticket'
import { makeResponseOpener } from '#results/open-responses'
import { serve } from '#tests/support/ita.ts'
import { kendallTau } from '#tests/support/kendall.ts'
import { makeRound } from '#tests/support/make-round.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'
import { fetchFrom, type LogLine, watchingProxy } from '#tests/support/watching-proxy.ts'

const N = 240

/** Five answers with four options spell out which device they are: the truth, to count the attacker's hits by. */
const DIGITS = ['I7', 'I8', 'I9', 'I10', 'I11'] as const
const marked = (device: number) => ({
  ...randomAnswers('iit-2566', new SeededRandom(device + 1)),
  ...Object.fromEntries(DIGITS.map((item, index) => [item, (Math.floor(device / 4 ** index) % 4) + 1])),
})
const deviceOf = (answers: Readonly<Record<string, number>>) =>
  DIGITS.reduce((device, item, index) => device + ((answers[item] ?? 1) - 1) * 4 ** index, 0)
const addressOf = (device: number) => `127.9.${1 + Math.floor(device / 200)}.${1 + (device % 200)}`

/** What the attacker holds after the round: every file, every backup, the log of a perfect proxy, and the opened answers. */
interface Loot {
  readonly log: readonly LogLine[]
  /** A file of the box as bytes, with the device behind each sealed row (known from the opened answers). */
  readonly files: Readonly<Record<string, Buffer>>
  readonly rows: readonly { readonly sealed: Buffer; readonly device: number }[]
}

/** The orders in which the log saw devices: when they fetched a ticket, when they delivered. */
function ordersInLog(log: readonly LogLine[]): Record<string, number[]> {
  const seen = (path: string) => {
    const lines = log.filter((line) => line.path === path).sort((a, b) => a.at - b.at)
    const devices = lines.map(({ address }) => address)
    return [...new Set(devices)].map((address) =>
      Array.from({ length: N }, (_, index) => addressOf(index)).indexOf(address),
    )
  }
  return { issued: seen('/v2/issue'), delivered: seen('/v2/box') }
}

/** Every order of rows that the files betray: as SELECT gives them, and where their bytes lie. */
function ordersInFiles({ files, rows }: Loot): Record<string, number[]> {
  const orders: Record<string, number[]> = {}
  for (const [name, bytes] of Object.entries(files)) {
    const lying = rows.map(({ sealed, device }) => ({ device, at: bytes.indexOf(sealed) })).filter(({ at }) => at >= 0)
    orders[`bytes of ${name}`] = lying.sort((a, b) => a.at - b.at).map(({ device }) => device)
    const database = new Database(bytes)
    const selected = database.prepare('SELECT sealed FROM box').all() as { sealed: Buffer }[]
    orders[`SELECT in ${name}`] = selected.map(
      ({ sealed }) => rows.find((row) => row.sealed.equals(sealed))?.device ?? -1,
    )
    database.close()
  }
  return orders
}

interface Attack {
  readonly name: string
  /** Devices whose answers were found by pairing the k-th in the log with the k-th row. */
  readonly hits: number
  readonly tau: number
}

/** Pairs what the log saw with what the files say, in every way and direction, and counts how often that is right. */
function attack(loot: Loot): Attack[] {
  const attacks: Attack[] = []
  for (const [seen, inLog] of Object.entries(ordersInLog(loot.log))) {
    for (const [where, inFile] of Object.entries(ordersInFiles(loot))) {
      for (const [way, order] of [
        ['', inFile],
        [' reversed', [...inFile].reverse()],
      ] as const) {
        const hits = inLog.filter((device, index) => order[index] === device).length
        attacks.push({
          name: `${seen} × ${where}${way}`,
          hits,
          tau: kendallTau(inLog.map((device) => order.indexOf(device))),
        })
      }
    }
  }
  return attacks
}

/** Right pairs of two random orders are Poisson with mean 1: ten or more happen once in nine million. */
const MOST_HITS = 9
/** Five standard deviations of Kendall's tau for n = 240: once in 1.7 million. */
const MOST_TAU = 5 * Math.sqrt((2 * (2 * N + 5)) / (9 * N * (N - 1)))

it(`database, backup, logs and a perfect proxy log match the answers of ${N} devices no better than chance (99.99 %)`, {
  timeout: 300_000,
}, async () => {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const stores = await openStores(data)
  const { campaign, privateKey, slip } = await makeRound(stores, { eligible: { iit: N } })
  await stores.end()
  const collector = await serve(data, undefined, ['--behind-proxy'])
  onTestFinished(() => collector.kill())
  const proxy = await watchingProxy(collector.url)
  const random = new SeededRandom(3)
  const answer = async (device: number) => {
    const phone = { ...makeReplayDevice(proxy.url, random), fetch: fetchFrom(addressOf(device)) }
    const redeemed = await redeemSlip(phone, slip('iit', device))
    if (redeemed.outcome !== 'ready') throw new Error(JSON.stringify(redeemed))
    await sealDraft(phone, redeemed.campaign, redeemed.ticket, { answers: marked(device), coarse: {} })
    expect(await flushOutbox(phone)).toMatchObject({ kept: 1 })
  }
  const halfway = async () => {
    const mid = await openStores(data)
    await backUp(mid, data, join(folder, 'kept-against-the-rules'), 'test')
    cpSync(intakeKeysBeside(data), join(folder, 'key-of-halfway'), { recursive: true })
    await mid.end()
  }
  const order = random.shuffled(Array.from({ length: N }, (_, device) => device))
  // most one after the other, some in crowds, as a department answers
  for (let next = 0; next < N; ) {
    const crowd = next % 3 === 0 ? 8 : 1
    await Promise.all(order.slice(next, next + crowd).map(answer))
    next += crowd
    if (next >= N / 2 && next - crowd < N / 2) await halfway()
  }
  await collector.stop()
  const closing = await openStores(data)
  const open = await closing.box.campaigns.findNow(campaign.cid)
  await closeCampaign(closing, open ?? campaign, 'test', 'a test')
  await backUp(closing, data, join(folder, 'backup'), 'test')
  const opener = await makeResponseOpener(campaign, privateKey)
  const rows: { sealed: Buffer; device: number }[] = []
  for await (const sealed of closing.box.sealedRows(campaign.cid, 'iit')) {
    const opened = await opener({ lane: 'iit', sealed })
    if ('spoiled' in opened) throw new Error(opened.spoiled)
    rows.push({ sealed: Buffer.from(sealed), device: deviceOf(opened.response.answers) })
  }
  await closing.end()
  expect(new Set(rows.map(({ device }) => device)).size).toBe(N)

  // one length for everybody: size tells nothing
  for (const path of ['/v2/issue', '/v2/box']) {
    const lines = proxy.log.filter((line) => line.path === path)
    expect(lines).toHaveLength(N)
    expect(new Set(lines.map(({ requestBytes, answerBytes }) => `${requestBytes} ${answerBytes}`)).size).toBe(1)
  }
  const files = {
    'box.sqlite': readFileSync(join(data, 'box.sqlite')),
    backup: readFileSync(join(folder, 'backup', 'box.sqlite')),
  }
  const attacks = attack({ log: proxy.log, files, rows })
  expect(attacks).toHaveLength(16)
  const best = Math.max(...attacks.map(({ hits }) => hits))
  const mean = attacks.reduce((sum, { hits }) => sum + hits, 0) / attacks.length
  console.log(
    `${attacks.length} attacks on ${N} devices: ${mean.toFixed(2)} hits on average (chance 1), ${best} at best, |tau| ≤ ${Math.max(...attacks.map(({ tau }) => Math.abs(tau))).toFixed(3)} (limit ${MOST_TAU.toFixed(3)})`,
  )
  for (const { name, hits, tau } of attacks) {
    expect([name, hits <= MOST_HITS]).toEqual([name, true])
    expect([name, Math.abs(tau) < MOST_TAU]).toEqual([name, true])
  }

  // the attacker is no fool: a table that kept the order of arrival gives everybody away
  const [delivered = []] = [ordersInLog(proxy.log).delivered]
  const leaky = new Database(':memory:')
  leaky.exec('CREATE TABLE box (id INTEGER PRIMARY KEY, sealed BLOB)')
  for (const device of delivered)
    leaky.prepare('INSERT INTO box (sealed) VALUES (?)').run(rows.find((row) => row.device === device)?.sealed)
  const caught = attack({ log: proxy.log, files: { leaky: leaky.serialize() }, rows })
  expect(Math.max(...caught.map(({ hits }) => hits))).toBe(N)
  leaky.close()

  // a second backup, kept against the rules, is closed for ever by what closing destroyed
  const early = join(folder, 'kept-against-the-rules')
  const bytes = readFileSync(join(early, FILES.box))
  expect(rows.filter(({ sealed }) => bytes.includes(sealed.subarray(600, 664)))).toEqual([])

  // and what the documents warn of is so, and no more: with a key kept beside it, it tells the halves apart
  const inEarly = await opensWith(early, join(folder, 'key-of-halfway'), rows)
  const firstHalf = delivered.slice(0, inEarly.length)
  expect(new Set(firstHalf)).toEqual(new Set(inEarly))
  const hits = firstHalf.filter((device, at) => inEarly[at] === device).length
  expect(hits).toBeLessThanOrEqual(MOST_HITS)
  expect(Math.abs(kendallTau(firstHalf.map((device) => inEarly.indexOf(device))))).toBeLessThan(MOST_TAU * Math.SQRT2)
  console.log(`backup and key from halfway narrow ${N} to ${inEarly.length}; within them ${hits} hits`)
})

/** The devices whose responses are in a backup, as they lie there, for whoever has the key of that day. */
async function opensWith(backup: string, keys: string, rows: Loot['rows']): Promise<number[]> {
  const file = join(tempFolder(), FILES.box)
  cpSync(join(backup, FILES.box), file)
  const stolen = new Database(file, { readonly: true })
  const stored = stolen.prepare('SELECT cid, epoch, row FROM intake ORDER BY id').all() as {
    cid: Buffer
    epoch: number
    row: Buffer
  }[]
  stolen.close()
  const thief = new IntakeKeys(keys)
  return stored.map(({ cid, epoch, row }) => {
    const { sealed } = thief.of(cid, epoch).open('iit', row)
    return rows.find((one) => one.sealed.equals(Buffer.from(sealed)))?.device ?? -1
  })
}
