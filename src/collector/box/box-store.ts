import type { Kysely } from 'kysely'
import type { Lane } from '#protocol/lane'
import { type Campaign, lanesOf } from '#protocol/manifest'
import { ActRefused } from '../campaigns/act-refused.ts'
import { CampaignRegister, draftRow, type StoredCampaign, type WithCampaigns } from '../campaigns/campaign-register.ts'
import { isClosed } from '../campaigns/campaign-state.ts'
import { allOrNothing } from '../storage/all-or-nothing.ts'
import type { CopyTo, OpenDatabase } from '../storage/engine.ts'
import { GroupCommit } from '../storage/group-commit.ts'
import { openDatabase } from '../storage/open-database.ts'
import { BOX_DATABASE, type BoxSchema, STAGES } from './box-schema.ts'
import { countRows } from './count-rows.ts'
import { EmblemStore } from './emblem-store.ts'
import { followOthers } from './follow-others.ts'
import { InstrumentsStore } from './instruments-store.ts'
import { IntakeKeys } from './intake-keys.ts'
import { type BoxParts, currentKey, intakeState } from './intake-rows.ts'
import { type Delivery, type KeepOutcome, keepGroup } from './keep-group.ts'
import { type PostgresFacts, postgresFacts } from './postgres-facts.ts'
import { finishResealing, reseal } from './reseal.ts'
import { nullifierPages, sealedPages } from './settled-rows.ts'
import { destroyIntake, settle } from './settlement.ts'

interface BoxOptions {
  /** Folder of the intake keys; null keeps them in memory. */
  readonly keys: string | null
  /** Largest size of the file. */
  readonly quotaBytes?: number | undefined
}

/** Tables whose rows come and go. */
const INTAKE_TABLES = ['intake', 'spent']

/** How many responses, and how many spent tickets, lie in a lane: as many, or something is wrong. */
export interface LaneTally {
  readonly rows: number
  readonly tickets: number
}

/** The box: spent tickets and sealed responses. Knows neither codes nor what an answer is. */
export class BoxStore {
  readonly #parts: BoxParts
  readonly #database: OpenDatabase<BoxSchema>
  readonly #group: GroupCommit<Delivery, KeepOutcome | ActRefused>
  /** What is under way of settling and sealing anew. */
  readonly #work = new Set<Promise<unknown>>()
  readonly campaigns: CampaignRegister
  readonly instruments: InstrumentsStore
  readonly emblems: EmblemStore
  /** Writes a copy of the file. Throws when there is a file already. Null where it lies in PostgreSQL. */
  readonly copyTo: CopyTo | null

  /** A box over an open database. */
  constructor(database: OpenDatabase<BoxSchema>, keys: IntakeKeys) {
    const { db, copyTo } = database
    this.#database = database
    this.#parts = { db, keys }
    this.#group = new GroupCommit((group) => allOrNothing(db, (tx) => keepGroup(tx, keys, group)))
    this.campaigns = new CampaignRegister(db as unknown as Kysely<WithCampaigns>)
    this.instruments = new InstrumentsStore(db)
    this.emblems = new EmblemStore(db)
    this.copyTo = copyTo
  }

  /** Opens (and creates) a box's database: a file, or a PostgreSQL address. */
  static async open(place: string, { keys, quotaBytes }: BoxOptions): Promise<BoxStore> {
    return new BoxStore(await openDatabase<BoxSchema>(place, BOX_DATABASE, quotaBytes), new IntakeKeys(keys))
  }

  /** Its intake keys. */
  get keys(): IntakeKeys {
    return this.#parts.keys
  }

  /** Adds a campaign, as a draft, and makes its intake key. Throws when it is there already. */
  async addCampaign(campaign: Campaign, text: string): Promise<void> {
    const { db, keys } = this.#parts
    const row = await draftRow(campaign, text)
    await allOrNothing(db, async (tx) => {
      await tx.insertInto('campaigns').values(row).execute()
      for (const lane of lanesOf(campaign.manifest))
        await tx.insertInto('counts').values({ cid: row.cid, lane, n: 0 }).execute()
      // its file is written before anything can lie under it
      const { epoch, mark } = keys.make(campaign.cid)
      const state = { epoch, oldest: epoch, mark, resealed: 0, stage: STAGES.collecting } as const
      await tx
        .insertInto('intakes')
        .values({ cid: row.cid, ...state })
        .execute()
    })
  }

  /** A campaign by its id, or null; its state may be a second old. */
  campaign(cid: Uint8Array): Promise<StoredCampaign | null> {
    return this.campaigns.find(cid)
  }

  /** Stores a delivery exactly once. Resolves after the commit. Throws an ActRefused when its campaign's key is missing or wrong. */
  async keep(delivery: Delivery): Promise<KeepOutcome> {
    const outcome = await this.#group.store(delivery)
    if (outcome instanceof ActRefused) throw outcome
    return outcome
  }

  /** Forgets a draft and its key. The database refuses for a campaign that was open. */
  async discard(cid: Uint8Array): Promise<void> {
    const { db, keys } = this.#parts
    await allOrNothing(db, async (tx) => {
      for (const table of ['campaigns', 'rehearsals', 'counts', 'intakes'] as const)
        await tx.deleteFrom(table).where('cid', '=', Buffer.from(cid)).execute()
    })
    this.campaigns.forget()
    keys.destroy(cid)
  }

  /**
   * Seals the rows of a running campaign anew, in random order, under the next key. Answers whether there was anything to hide.
   * Throws when it could not; nothing is lost then.
   */
  reseal({ cid, manifest }: Campaign): Promise<boolean> {
    return this.#alone(cid, async () => {
      const resealed = await reseal(this.#parts, cid, lanesOf(manifest))
      if (resealed) await this.#database.tidy(INTAKE_TABLES)
      return resealed
    })
  }

  /** Settles a closed campaign: rows and receipts in random order. Throws an ActRefused when it cannot be. */
  settle({ cid, manifest }: Campaign): Promise<void> {
    return this.#alone(cid, async () => {
      const lanes = lanesOf(manifest)
      // in transactions of its own: a night's work may have been broken off
      if (!(await this.isSettled(cid))) await finishResealing(this.#parts, cid, lanes)
      await this.#settleAtOnce((parts) => settle(parts, cid, lanes))
    })
  }

  /** Destroys what a settled campaign's rows lay under, and its key. */
  destroyIntake({ cid, manifest }: Campaign): Promise<void> {
    return this.#alone(cid, async () => {
      await destroyIntake(this.#parts, cid, lanesOf(manifest))
      await this.#database.tidy(INTAKE_TABLES)
    })
  }

  /** Whether a campaign is settled. */
  async isSettled(cid: Uint8Array): Promise<boolean> {
    return (await intakeState(this.#parts.db, cid)).stage !== STAGES.collecting
  }

  /** Whether its intake key, or anything under it, may still be there. */
  async hasIntake(cid: Uint8Array): Promise<boolean> {
    return (await intakeState(this.#parts.db, cid)).stage !== STAGES.destroyed
  }

  /** Ids of campaigns whose intake key is not destroyed, and whether it should be. */
  async withIntake(): Promise<{ readonly cid: Buffer; readonly isClosed: boolean }[]> {
    const query = this.#parts.db
      .selectFrom('intakes')
      .innerJoin('campaigns', 'campaigns.cid', 'intakes.cid')
      .select(['campaigns.cid', 'campaigns.state'])
    const rows = await query.where('stage', '<', STAGES.destroyed).execute()
    return rows.map(({ cid, state }) => ({ cid, isClosed: isClosed(state) }))
  }

  /** Throws an ActRefused when the key of a campaign that is not settled is missing, wrong or of another day. */
  async checkKey(cid: Uint8Array): Promise<void> {
    const state = await intakeState(this.#parts.db, cid)
    for (let epoch = state.oldest; epoch < state.epoch; epoch += 1) this.keys.of(cid, epoch)
    currentKey(this.keys, state)
  }

  /** Follows what other processes did with the same database. Answers the campaigns that take responses and have no key here. */
  followOthers(): Promise<Buffer[]> {
    return followOthers(this.#parts)
  }

  /** Notes that a backup was written of what lies under the present key, which is kept as long as that backup. */
  async noteBackup(cid: Uint8Array): Promise<void> {
    this.keys.noteBackup(cid, (await intakeState(this.#parts.db, cid)).oldest)
  }

  /** What the server does besides, where the box lies in PostgreSQL; null where it is a file. */
  async postgresFacts(): Promise<PostgresFacts | null> {
    return this.#database.engine.name === 'postgres' ? postgresFacts(this.#parts.db) : null
  }

  /** How many responses of a lane are kept. */
  async count(cid: Uint8Array, lane: Lane): Promise<number> {
    const query = this.#parts.db.selectFrom('counts').select('n').where('cid', '=', Buffer.from(cid))
    return (await query.where('lane', '=', lane).executeTakeFirst())?.n ?? 0
  }

  /** Rows and tickets of a lane, counted one by one; null while they are being sealed anew and some lie there twice. */
  async tally(cid: Uint8Array, lane: Lane): Promise<LaneTally | null> {
    const { db } = this.#parts
    if (await this.isSettled(cid)) {
      const rows = await countRows(db, { table: 'box', column: 'rid', cid, lane })
      return { rows, tickets: await countRows(db, { table: 'receipts', column: 'nf', cid, lane }) }
    }
    const { epoch, oldest } = await intakeState(db, cid)
    if (oldest < epoch) return null
    // whatever epoch they name: none but the present one may be there
    return { rows: await this.#countIn('intake', cid, lane), tickets: await this.#countIn('spent', cid, lane) }
  }

  /** How many rows of a lane lie under an intake key still. */
  left(cid: Uint8Array, lane: Lane): Promise<number> {
    return this.#countIn('intake', cid, lane)
  }

  async #countIn(table: 'intake' | 'spent', cid: Uint8Array, lane: Lane): Promise<number> {
    const query = this.#parts.db.selectFrom(table as 'spent').select((row) => row.fn.countAll<number>().as('n'))
    return (await query.where('cid', '=', Buffer.from(cid)).where('lane', '=', lane).executeTakeFirstOrThrow()).n
  }

  /** Names of all spent tickets of a lane, a page at a time; sorted by their bytes once the campaign is settled. */
  nullifierPages(cid: Uint8Array, lane: Lane): AsyncGenerator<readonly Uint8Array[]> {
    return nullifierPages(this.#parts, { cid, lane })
  }

  /** Sealed responses of a lane: once settled in the order of their random keys, before in any. */
  async *sealedRows(cid: Uint8Array, lane: Lane): AsyncGenerator<Uint8Array> {
    for await (const page of this.sealedPages(cid, lane)) yield* page
  }

  /** The same, a page at a time. */
  sealedPages(cid: Uint8Array, lane: Lane): AsyncGenerator<readonly Uint8Array[]> {
    return sealedPages(this.#parts, { cid, lane })
  }

  /** Closes it. What is under way breaks off; the next one does it. */
  async end(): Promise<void> {
    await this.#database.end()
    await Promise.allSettled(this.#work)
  }

  /**
   * PostgreSQL marks each row with the transaction that wrote it: rows of one mark tell nothing. In a file there are no marks,
   * and a long transaction would hold up whoever delivers.
   */
  #settleAtOnce(work: (parts: BoxParts) => Promise<void>): Promise<void> {
    const { db, keys } = this.#parts
    if (this.#database.engine.name === 'sqlite') return work(this.#parts)
    return allOrNothing(db, (tx) => work({ db: tx, keys }))
  }

  /** While nobody else works on this campaign's intake. */
  #alone<T>(cid: Uint8Array, work: () => Promise<T>): Promise<T> {
    const done = this.#database.exclusively(`intake ${Buffer.from(cid).toString('hex')}`, work)
    this.#work.add(done)
    done.catch(() => undefined).finally(() => this.#work.delete(done))
    return done
  }
}
