import type { ControlledTransaction, Kysely } from 'kysely'
import type { Lane } from '#protocol/lane'
import type { Campaign } from '#protocol/manifest'
import { CampaignRegister, draftRow, type StoredCampaign, type WithCampaigns } from '../campaigns/campaign-register.ts'
import { allOrNothing } from '../storage/all-or-nothing.ts'
import type { CopyTo, OpenDatabase } from '../storage/engine.ts'
import { GroupCommit } from '../storage/group-commit.ts'
import { inSteps } from '../storage/in-steps.ts'
import { openDatabase } from '../storage/open-database.ts'
import { type CodeTable, ISSUER_DATABASE, type IssuerSchema } from './issuer-schema.ts'
import { OpenLane } from './open-lane.ts'
import { type NewKeys, SigningKeys } from './signing-keys.ts'
import { SlipBatches } from './slip-batches.ts'
import { Tablets } from './tablets.ts'

/** An unused code marked used, or the same blinded message again; or why not. */
export type CodeOutcome = 'granted' | 'code-unknown' | 'code-used' | 'issue-closed'

export interface CodeUse {
  readonly cid: Uint8Array
  readonly lane: Lane
  readonly codeHash: Uint8Array
  /** Of both blinded messages together. */
  readonly blindedHash: Uint8Array
}

/** The issuer: signing keys and slip codes, in a file of its own. Never sees a ticket or a response. */
export class IssuerStore {
  readonly #db: Kysely<IssuerSchema>
  readonly #group = new GroupCommit<CodeUse, CodeOutcome>((group) => this.#useTogether(group))

  readonly campaigns: CampaignRegister
  readonly slips: SlipBatches
  readonly tablets: Tablets
  readonly openLane: OpenLane
  readonly keys: SigningKeys

  /** Writes a copy of the file. Throws when there is a file already. Null where it lies in PostgreSQL. */
  readonly copyTo: CopyTo | null
  /** Closes it. */
  readonly end: () => Promise<void>

  private constructor({ db, copyTo, end }: OpenDatabase<IssuerSchema>) {
    this.#db = db
    this.end = end
    this.copyTo = copyTo
    this.campaigns = new CampaignRegister(db as unknown as Kysely<WithCampaigns>)
    this.slips = new SlipBatches(db)
    this.tablets = new Tablets(db)
    this.openLane = new OpenLane(db)
    this.keys = new SigningKeys(db)
  }

  /** Opens (and creates) an issuer's database: a file, or a PostgreSQL address. */
  static async open(place: string): Promise<IssuerStore> {
    return new IssuerStore(await openDatabase<IssuerSchema>(place, ISSUER_DATABASE))
  }

  /** A campaign by its id, or null; its state may be a second old. */
  campaign(cid: Uint8Array): Promise<StoredCampaign | null> {
    return this.campaigns.find(cid)
  }

  /** Adds a campaign, as a draft. Its lanes were added before: the manifest names their keys. */
  async addCampaign(campaign: Campaign, text: string): Promise<void> {
    await this.#db
      .insertInto('campaigns')
      .values(await draftRow(campaign, text))
      .execute()
  }

  /** Stores a lane's signing keys. */
  async addLane(cid: Uint8Array, lane: Lane, { rows }: NewKeys): Promise<void> {
    await this.#db
      .insertInto('keys')
      .values(rows.map((row) => ({ cid: Buffer.from(cid), lane, ...row })))
      .execute()
  }

  /** Uses a code for one pair of blinded messages. Asked again with the same pair it grants again; with another it refuses. */
  exchange(use: CodeUse): Promise<CodeOutcome> {
    return this.#group.store(use)
  }

  /** Whether a code is known, and whether it was used for another message than this one. Before it costs a signature. */
  async look({ cid, lane, codeHash, blindedHash }: CodeUse): Promise<CodeOutcome | 'unused'> {
    const row = await codesOf(this.#db, cid, lane)
      .select(['used', 'bh'])
      .where('h', '=', Buffer.from(codeHash))
      .executeTakeFirst()
    if (!row) return 'code-unknown'
    if (row.used === 0) return 'unused'
    return row.bh.equals(Buffer.from(blindedHash)) ? 'granted' : 'code-used'
  }

  /** How many codes of a lane are still stored: none after closing. */
  async codesLeft(cid: Uint8Array, lane: Lane): Promise<number> {
    const query = codesOf(this.#db, cid, lane).select((row) => row.fn.countAll<number>().as('n'))
    return (await query.executeTakeFirstOrThrow()).n
  }

  /** Whether a code is known and not yet used. */
  async isUnused(cid: Uint8Array, lane: Lane, codeHash: Uint8Array): Promise<boolean> {
    return (await this.look({ cid, lane, codeHash, blindedHash: new Uint8Array() })) === 'unused'
  }

  /** Destroys a campaign's signing keys and codes; only how many slips there were and were exchanged stays. */
  async destroyCampaign(cid: Uint8Array, lanes: readonly Lane[]): Promise<void> {
    const id = Buffer.from(cid)
    // first, and at once: without keys no code gives anything any more
    await this.#db.deleteFrom('keys').where('cid', '=', id).execute()
    this.keys.forget()
    for (const lane of lanes) await this.#destroyCodes(id, lane)
  }

  /** Forgets a draft and everything made for it. The database refuses for a campaign that was open. */
  async discard(cid: Uint8Array, lanes: readonly Lane[]): Promise<void> {
    const id = Buffer.from(cid)
    await allOrNothing(this.#db, async (tx) => {
      await tx.deleteFrom('campaigns').where('cid', '=', id).execute()
      for (const table of ['keys', 'batches', 'tablets', 'open_lanes', 'rehearsals'] as const)
        await tx.deleteFrom(table).where('cid', '=', id).execute()
    })
    this.campaigns.forget()
    this.keys.forget()
    for (const lane of lanes) await this.#destroyCodes(id, lane)
  }

  /** A few thousand at a time: others go on meanwhile. The file overwrites what is deleted. */
  async #destroyCodes(cid: Buffer, lane: Lane): Promise<void> {
    await inSteps(async (limit) => {
      const some = codesOf(this.#db, cid, lane).select('h').limit(limit)
      const query = this.#db.deleteFrom('codes').where('cid', '=', cid).where('lane', '=', lane).where('h', 'in', some)
      return (await query.executeTakeFirst()).numDeletedRows
    })
  }

  async #useTogether(group: readonly CodeUse[]): Promise<readonly CodeOutcome[]> {
    return allOrNothing(this.#db, async (tx) => {
      // asked inside the transaction: after "end-issue" no slip is exchanged any more, not even in the same second
      const cids = [...new Map(group.map(({ cid }) => [hex(cid), Buffer.from(cid)])).values()]
      const query = tx.selectFrom('campaigns').select('cid').where('cid', 'in', cids).where('state', '=', 'open')
      const open = new Set((await query.forShare().execute()).map(({ cid }) => hex(cid)))
      const printings: Printing[] = []
      const outcomes = new Map<CodeUse, CodeOutcome>()
      // in one order everywhere: two processes that wait for each other's rows would wait for ever
      for (const use of [...group].sort((a, b) => Buffer.compare(a.codeHash, b.codeHash)))
        outcomes.set(use, await exchangeOne(tx, use, { isOpen: open.has(hex(use.cid)), printings }))
      await countExchanged(tx, printings)
      return group.map((use) => outcomes.get(use) ?? 'code-unknown')
    })
  }
}

async function exchangeOne(
  tx: ControlledTransaction<IssuerSchema>,
  { cid, lane, codeHash, blindedHash }: CodeUse,
  { isOpen, printings }: { readonly isOpen: boolean; readonly printings: Printing[] },
): Promise<CodeOutcome> {
  const [h, bh] = [Buffer.from(codeHash), Buffer.from(blindedHash)]
  const spent = isOpen ? await spendCode(tx, { cid: Buffer.from(cid), lane, h, bh }) : null
  if (spent) {
    printings.push(spent)
    return 'granted'
  }
  const row = await codesOf(tx, cid, lane).select(['used', 'bh']).where('h', '=', h).executeTakeFirst()
  if (!row) return 'code-unknown'
  if (row.used === 0) return 'issue-closed'
  return row.bh.equals(bh) ? 'granted' : 'code-used'
}

/** Which printing a code is of. */
type Printing = Pick<CodeTable, 'cid' | 'lane' | 'batch'>

/** Marks an unused code used; null when it is none. */
async function spendCode(
  tx: ControlledTransaction<IssuerSchema>,
  { cid, lane, h, bh }: Pick<CodeTable, 'cid' | 'lane' | 'h' | 'bh'>,
): Promise<Printing | null> {
  const spent = await tx
    .updateTable('codes')
    .set({ used: 1, bh })
    .where('cid', '=', cid)
    .where('lane', '=', lane)
    .where('h', '=', h)
    .where('used', '=', 0)
    .returning(['cid', 'lane', 'batch'])
    .executeTakeFirst()
  return spent ?? null
}

/** Counts exchanged slips for their printings, in one order. */
async function countExchanged(tx: ControlledTransaction<IssuerSchema>, printings: readonly Printing[]): Promise<void> {
  const counts = new Map<string, { readonly of: Printing; n: number }>()
  for (const of of printings) {
    const name = `${hex(of.cid)} ${of.lane} ${of.batch}`
    const count = counts.get(name) ?? { of, n: 0 }
    count.n += 1
    counts.set(name, count)
  }
  for (const [, { of, n }] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    await tx
      .updateTable('batches')
      .set((batch) => ({ exchanged: batch('exchanged', '+', n) }))
      .where('cid', '=', of.cid)
      .where('lane', '=', of.lane)
      .where('batch', '=', of.batch)
      .execute()
  }
}

function codesOf(db: Kysely<IssuerSchema>, cid: Uint8Array, lane: Lane) {
  return db.selectFrom('codes').where('cid', '=', Buffer.from(cid)).where('lane', '=', lane)
}

function hex(cid: Uint8Array): string {
  return Buffer.from(cid).toString('hex')
}
