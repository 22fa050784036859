import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { BoxStore } from '#collector/box/box-store'
import type { Campaign } from '#protocol/manifest'
import { bareCampaign, bareDelivery, boxThatFails, NthStatement, rowsOf } from '#tests/support/bare-box.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const ROWS = 12

/** A running round with a few responses, in files that can be copied for each try. */
async function runningRound() {
  const folder = tempFolder()
  const campaign = bareCampaign()
  const place = { file: join(folder, 'box.sqlite'), keys: join(folder, 'keys') }
  const box = await boxThatFails(place.file, place.keys, new NthStatement(0))
  await box.addCampaign(campaign, '{}')
  await box.campaigns.move(campaign.cid, 'open')
  for (let count = 0; count < ROWS; count += 1) await box.keep(bareDelivery(campaign))
  const { rows, tickets } = await rowsOf(box, campaign)
  await box.end()
  return { campaign, place, rows, tickets }
}

type Round = Awaited<ReturnType<typeof runningRound>>

/** Does something to a copy of the round whose n-th statement fails, n = 1, 2, 3 …, until it passes clean. */
async function untilClean(
  { place }: Round,
  work: (box: BoxStore) => Promise<unknown>,
  afterwards: (box: BoxStore, keys: string) => Promise<void>,
): Promise<number> {
  for (let n = 1; ; n += 1) {
    const folder = tempFolder()
    const [file, keys] = [join(folder, 'box.sqlite'), join(folder, 'keys')]
    cpSync(place.file, file)
    cpSync(place.keys, keys, { recursive: true })
    const nth = new NthStatement(n)
    const failing = await boxThatFails(file, keys, nth)
    const failed = await work(failing).then(
      () => false,
      () => true,
    )
    await failing.end()
    // a new process over the same files
    const box = await boxThatFails(file, keys, new NthStatement(0))
    await afterwards(box, keys)
    await box.end()
    if (!failed && nth.seen < n) return n - 1
  }
}

/** What closing does to a box. */
async function close(box: BoxStore, campaign: Campaign): Promise<void> {
  await box.campaigns.move(campaign.cid, 'answers-closed')
  await box.settle(campaign)
  await box.destroyIntake(campaign)
}

describe('a settlement', () => {
  it('broken off at any statement loses and doubles nothing, and is finished by the next one', async () => {
    const round = await runningRound()
    const statements = await untilClean(
      round,
      (box) => close(box, round.campaign),
      async (box, keys) => {
        // whatever happened: all can be read, by the key or because it is settled
        expect(await rowsOf(box, round.campaign)).toEqual({ rows: round.rows, tickets: round.tickets })
        await close(box, round.campaign)
        expect(await rowsOf(box, round.campaign)).toEqual({ rows: round.rows, tickets: round.tickets })
        expect(await box.tally(round.campaign.cid, 'iit')).toEqual({ rows: ROWS, tickets: ROWS })
        expect([await box.left(round.campaign.cid, 'iit'), readdirSync(keys)]).toEqual([0, []])
      },
    )
    expect(statements).toBeGreaterThan(15)
  })

  it('refuses, and destroys nothing, when a row is missing or cannot be opened', async () => {
    const round = await runningRound()
    for (const spoil of ['DELETE FROM intake WHERE id = 3', 'UPDATE intake SET row = zeroblob(260) WHERE id = 3']) {
      const folder = tempFolder()
      const [file, keys] = [join(folder, 'box.sqlite'), join(folder, 'keys')]
      cpSync(round.place.file, file)
      cpSync(round.place.keys, keys, { recursive: true })
      const { default: Database } = await import('better-sqlite3')
      const raw = new Database(file)
      raw.exec(spoil)
      raw.close()
      const box = await boxThatFails(file, keys, new NthStatement(0))
      await expect(close(box, round.campaign)).rejects.toThrow()
      expect(await box.isSettled(round.campaign.cid)).toBe(false)
      await expect(box.destroyIntake(round.campaign)).rejects.toThrow('not settled')
      expect(readdirSync(keys)).toHaveLength(1)
      expect(await box.left(round.campaign.cid, 'iit')).toBeGreaterThanOrEqual(ROWS - 1)
      await box.end()
    }
  })

  it('of a round that still runs is refused', async () => {
    const { campaign, place } = await runningRound()
    const box = await boxThatFails(place.file, place.keys, new NthStatement(0))
    await expect(box.settle(campaign)).rejects.toThrow('only a closed campaign')
    await box.end()
  })
})

describe('sealing anew', () => {
  it('broken off at any statement loses and doubles nothing, also of what is delivered meanwhile or once more', async () => {
    const round = await runningRound()
    const [again, late] = [bareDelivery(round.campaign), bareDelivery(round.campaign)]
    const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
    const statements = await untilClean(
      round,
      async (box) => {
        await box.keep(again)
        await box.reseal(round.campaign)
      },
      async (box) => {
        // between two epochs: a ticket that is spent under the older key is spent
        expect(await box.keep(again)).toBe('kept')
        expect(await box.keep({ ...again, sealed: new Uint8Array(200) })).toBe('kept')
        expect(await box.keep(late)).toBe('kept')
        await box.reseal(round.campaign)
        await close(box, round.campaign)
        const { rows, tickets } = await rowsOf(box, round.campaign)
        const more = [again, late]
        expect(tickets).toEqual([...round.tickets, ...more.map(({ nf }) => hex(nf))].sort())
        expect(rows).toEqual([...round.rows, ...more.map(({ sealed }) => hex(sealed))].sort())
      },
    )
    expect(statements).toBeGreaterThan(12)
  })

  it('goes on beside deliveries, each of which is kept once', async () => {
    const { campaign, place, tickets } = await runningRound()
    const box = await boxThatFails(place.file, place.keys, new NthStatement(0))
    const added: string[] = []
    for (let night = 0; night < 5; night += 1) {
      const some = Array.from({ length: 40 }, () => bareDelivery(campaign))
      await Promise.all([box.reseal(campaign), ...some.flatMap((one) => [box.keep(one), box.keep(one)])])
      added.push(...some.map(({ nf }) => Buffer.from(nf).toString('hex')))
    }
    await close(box, campaign)
    expect((await rowsOf(box, campaign)).tickets).toEqual([...tickets, ...added].sort())
    await box.end()
  })
})

describe('an intake key', () => {
  it('that is missing for one round keeps nothing from another one, also of those that come at the same moment', async () => {
    const { campaign, place } = await runningRound()
    const other = bareCampaign()
    const box = await boxThatFails(place.file, place.keys, new NthStatement(0))
    await box.addCampaign(other, '{}')
    await box.campaigns.move(other.cid, 'open')
    await box.end()
    rmSync(join(place.keys, `${Buffer.from(campaign.cid).toString('hex')}.key`))
    const again = await boxThatFails(place.file, place.keys, new NthStatement(0))
    const outcomes = await Promise.allSettled(
      [campaign, other, campaign, other].map((one) => again.keep(bareDelivery(one))),
    )
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled'])
    expect([await again.count(campaign.cid, 'iit'), await again.count(other.cid, 'iit')]).toEqual([ROWS, 2])
    await again.end()
  })

  it('that is missing, damaged or another one is told by name, and nothing is taken that could not be counted', async () => {
    const { campaign, place } = await runningRound()
    const [name = ''] = readdirSync(place.keys)
    const file = join(place.keys, name)
    const right = readFileSync(file, 'utf8')
    const otherSecret = JSON.stringify({ ...JSON.parse(right), secret: Buffer.alloc(32, 9).toString('base64url') })
    for (const [text, told] of [
      ['{"v":1', 'cannot be read'],
      [otherSecret, 'is another one'],
      [right.replace('"epoch":0', '"epoch":5'), 'of a later day'],
    ] as const) {
      writeFileSync(file, text)
      const box = await boxThatFails(place.file, place.keys, new NthStatement(0))
      await expect(box.checkKey(campaign.cid)).rejects.toThrow(told)
      await expect(box.keep(bareDelivery(campaign))).rejects.toThrow(told)
      expect(await box.count(campaign.cid, 'iit')).toBe(ROWS)
      await box.end()
    }
    writeFileSync(file, right)
    const box = await boxThatFails(place.file, place.keys, new NthStatement(0))
    expect(await box.keep(bareDelivery(campaign))).toBe('kept')
    expect(existsSync(file)).toBe(true)
    await box.end()
  })
})
