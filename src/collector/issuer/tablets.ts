import { createPublicKey, type KeyObject, randomBytes, verify } from 'node:crypto'
import type { Kysely } from 'kysely'
import { COUNTER_SIZES, type TabletLane } from '#protocol/counter'
import { allOrNothing } from '../storage/all-or-nothing.ts'
import type { IssuerSchema, TabletTable } from './issuer-schema.ts'

/** A tablet as an administrator sees it. */
export interface Tablet {
  readonly tid: Buffer
  readonly cid: Buffer
  readonly lane: TabletLane
  readonly point: string
  readonly quota: number
  readonly state: 'invited' | 'enrolled' | 'revoked'
  /** Tickets it was given, in all. */
  readonly issued: number
  /** What it last told of itself, rounded down; and in which hour, '' when never. */
  readonly collected: number
  readonly delivered: number
  readonly turnedAway: number
  readonly heard: string
}

/** What a tablet tells of itself, by fives. */
type Totals = Pick<Tablet, 'collected' | 'delivered' | 'turnedAway'>

export type EnrolOutcome = Tablet | 'enrolment-unknown' | 'enrolment-used'

export type RefillOutcome = 'granted' | 'tablet-unknown' | 'tablet-revoked' | 'quota-used'

/** So many tickets, or codes for visitors' own phones, on a day; the hash of what is asked tells a repeated ask from a new one. */
export interface QuotaAsk {
  readonly what: 'tickets' | 'codes'
  readonly count: number
  readonly hash: Uint8Array
  readonly day: string
}

/** Where each is counted, and the hash of the last ask. */
const COLUMNS = {
  tickets: { used: 'today', last: 'last' },
  codes: { used: 'codes_today', last: 'last_codes' },
} as const satisfies Record<QuotaAsk['what'], unknown>

/** Tablets: invited once, known by their own key, given so many tickets a day. Which ticket went where nobody can tell. */
export class Tablets {
  readonly #db: Kysely<IssuerSchema>

  constructor(db: Kysely<IssuerSchema>) {
    this.#db = db
  }

  /** Invites one tablet: a row with the hash of a token that is good once. */
  async invite(
    cid: Uint8Array,
    { lane, point, quota }: Pick<Tablet, 'lane' | 'point' | 'quota'>,
    tokenHash: Uint8Array,
  ): Promise<Buffer> {
    const tid = randomBytes(COUNTER_SIZES.tablet)
    const place = { cid: Buffer.from(cid), lane, point, quota }
    const none = { today: 0, codes_today: 0, issued: 0, last: null, last_codes: null }
    const nothing = {
      key: null,
      revoked: 0 as const,
      day: '',
      collected: 0,
      delivered: 0,
      turned_away: 0,
      heard: '',
      ...none,
    }
    await this.#db
      .insertInto('tablets')
      .values({ tid, token: Buffer.from(tokenHash), ...place, ...nothing })
      .execute()
    return tid
  }

  /** Takes a token once, for the key that came with it. The same key again gets the same answer: it may have been lost. */
  async enrol(tokenHash: Uint8Array, key: Uint8Array): Promise<EnrolOutcome> {
    return allOrNothing(this.#db, async (tx) => {
      const byToken = tx.selectFrom('tablets').selectAll().where('token', '=', Buffer.from(tokenHash))
      const row = await byToken.forUpdate().executeTakeFirst()
      if (!row || row.revoked) return 'enrolment-unknown'
      if (row.key && !row.key.equals(Buffer.from(key))) return 'enrolment-used'
      await tx
        .updateTable('tablets')
        .set({ key: Buffer.from(key) })
        .where('tid', '=', row.tid)
        .execute()
      return tabletOf({ ...row, key: Buffer.from(key) })
    })
  }

  /** A tablet by its id. */
  async find(tid: Uint8Array): Promise<(Tablet & { readonly key: Buffer | null }) | null> {
    const query = this.#db.selectFrom('tablets').selectAll().where('tid', '=', Buffer.from(tid))
    const row = await query.executeTakeFirst()
    return row ? { ...tabletOf(row), key: row.key } : null
  }

  /** Whether an ask would be granted now. Nothing is counted. */
  async look(tid: Uint8Array, ask: QuotaAsk): Promise<RefillOutcome> {
    const query = this.#db.selectFrom('tablets').selectAll().where('tid', '=', Buffer.from(tid))
    return judgeAsk(await query.executeTakeFirst(), ask)
  }

  /**
   * Counts tickets, or codes for visitors' own phones, against the day's quota; each may reach it. Asked for again with the
   * same bytes, because the answer was lost, it costs nothing.
   */
  async grant(tid: Uint8Array, ask: QuotaAsk): Promise<RefillOutcome> {
    return allOrNothing(this.#db, async (tx) => {
      const query = tx.selectFrom('tablets').selectAll().where('tid', '=', Buffer.from(tid))
      const row = await query.forUpdate().executeTakeFirst()
      const outcome = judgeAsk(row, ask)
      if (!row || outcome !== 'granted' || isRepeated(row, ask)) return outcome
      const before = usedOn(row, ask.day)
      const used = { ...before, [COLUMNS[ask.what].used]: before[COLUMNS[ask.what].used] + ask.count }
      const last = { [COLUMNS[ask.what].last]: Buffer.from(ask.hash) }
      await tx
        .updateTable('tablets')
        .set({ ...used, ...last, issued: row.issued + ask.count, day: ask.day })
        .where('tid', '=', row.tid)
        .execute()
      return 'granted'
    })
  }

  /** Keeps what a tablet tells of itself, in the place of what it told before: no history. */
  async tell(tid: Uint8Array, totals: Totals, heard: string): Promise<void> {
    const { collected, delivered, turnedAway } = totals
    const query = this.#db.updateTable('tablets').set({ collected, delivered, turned_away: turnedAway, heard })
    await query.where('tid', '=', Buffer.from(tid)).execute()
  }

  /** No more tickets for this tablet. What it sealed it still delivers. False when there is none. */
  async revoke(tid: Uint8Array): Promise<boolean> {
    const query = this.#db.updateTable('tablets').set({ revoked: 1 }).where('tid', '=', Buffer.from(tid))
    return (await query.executeTakeFirst()).numUpdatedRows > 0n
  }

  /** All tablets of a campaign. */
  async of(cid: Uint8Array): Promise<Tablet[]> {
    const query = this.#db.selectFrom('tablets').selectAll().where('cid', '=', Buffer.from(cid))
    return (await query.orderBy('point').orderBy('tid').execute()).map(tabletOf)
  }
}

function judgeAsk(row: TabletTable | undefined, ask: QuotaAsk): RefillOutcome {
  if (!row) return 'tablet-unknown'
  if (row.revoked) return 'tablet-revoked'
  if (isRepeated(row, ask)) return 'granted'
  return usedOn(row, ask.day)[COLUMNS[ask.what].used] + ask.count > row.quota ? 'quota-used' : 'granted'
}

function isRepeated(row: TabletTable, { what, hash }: QuotaAsk): boolean {
  return row[COLUMNS[what].last]?.equals(Buffer.from(hash)) ?? false
}

function usedOn(row: TabletTable, day: string): Pick<TabletTable, 'today' | 'codes_today'> {
  return row.day === day ? { today: row.today, codes_today: row.codes_today } : { today: 0, codes_today: 0 }
}

function tabletOf(row: TabletTable): Tablet {
  const { tid, cid, lane, point, quota, issued, collected, delivered, turned_away: turnedAway, heard } = row
  const enrolled = row.key ? 'enrolled' : 'invited'
  const told = { collected, delivered, turnedAway, heard }
  return { tid, cid, lane, point, quota, issued, ...told, state: row.revoked ? 'revoked' : enrolled }
}

/** Whether a tablet signed this (ECDSA P-256, SHA-256). False for anything that is not a key or not a signature. */
export function signedByTablet(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify('sha256', message, { key: tabletKey(key), dsaEncoding: 'ieee-p1363' }, signature)
  } catch {
    return false
  }
}

function tabletKey(point: Uint8Array): KeyObject {
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => Buffer.from(half).toString('base64url'))
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y } as never, format: 'jwk' })
}
