import type { Kysely } from 'kysely'
import { checkNumber } from '#protocol/check-number'
import { type Campaign, readCampaign } from '#protocol/manifest'
import { ActRefused } from './act-refused.ts'
import { CAMPAIGN_STATES, type CampaignState, takesAnswers } from './campaign-state.ts'

/** Both databases keep their own: issuer and box may run on two machines. */
export interface CampaignTable {
  readonly cid: Buffer
  /** The manifest's fingerprint, and the check number slowly derived from it: for the public listing, which parses nothing. */
  readonly mh: Buffer
  readonly check_number: string
  /** The manifest, byte for byte as it is served. */
  readonly manifest: string
  readonly state: CampaignState
}

/** Which shares opened a canary together, e.g. `1+3`. */
export interface RehearsalTable {
  readonly cid: Buffer
  readonly shares: string
}

/** Any database with that table. Kysely's type of one schema does not pass for a part of it: callers say so. */
export interface WithCampaigns {
  readonly campaigns: CampaignTable
  readonly rehearsals: RehearsalTable
}

/** A campaign and where it is in its life. */
export interface StoredCampaign extends Campaign {
  readonly text: string
  readonly state: CampaignState
}

/** An open campaign, as whoever typed a code sees it. */
export type ListedCampaign = Pick<CampaignTable, 'cid' | 'mh' | 'check_number'>

/** Campaigns whose manifests are remembered at a time. */
const MOST_REMEMBERED = 4096

/** How long a campaign's state may be remembered. */
const FRESH_MS = 1000

/** A campaign's row while it is a draft; its check number takes half a second to derive. */
export async function draftRow({ cid, mh }: Campaign, manifest: string): Promise<CampaignTable> {
  return { cid: Buffer.from(cid), mh: Buffer.from(mh), check_number: await checkNumber(mh), manifest, state: 'draft' }
}

/** The campaigns a database knows. */
export class CampaignRegister {
  readonly #db: Kysely<WithCampaigns>
  /** Asked for at every request; see `find`. */
  readonly #known = new Map<string, { readonly stored: StoredCampaign; readonly until: number }>()

  constructor(db: Kysely<WithCampaigns>) {
    this.#db = db
  }

  /**
   * A campaign by its id, or null. The answer may be a second old: whether it is still open is asked again where it
   * matters, inside the transaction that stores.
   */
  async find(cid: Uint8Array): Promise<StoredCampaign | null> {
    const known = this.#known.get(Buffer.from(cid).toString('hex'))
    return known && known.until > performance.now() ? known.stored : this.findNow(cid)
  }

  /** The same, with the state of this moment: another process may have moved it just now. */
  async findNow(cid: Uint8Array): Promise<StoredCampaign | null> {
    const key = Buffer.from(cid)
    const id = key.toString('hex')
    const known = this.#known.get(id)
    const row = await this.#db.selectFrom('campaigns').selectAll().where('cid', '=', key).executeTakeFirst()
    if (!row) return null
    const campaign = known?.stored ?? (await readCampaign(Buffer.from(row.manifest)))
    if (!campaign) throw new Error(`the stored manifest of campaign ${id} is damaged`)
    const { manifest, mh } = campaign
    const stored = { manifest, cid: campaign.cid, mh, text: row.manifest, state: row.state }
    this.#remember(id, stored)
    return stored
  }

  #remember(id: string, stored: StoredCampaign): void {
    // the one that was asked for longest ago comes first
    this.#known.delete(id)
    const [oldest] = this.#known.keys()
    if (oldest !== undefined && this.#known.size >= MOST_REMEMBERED) this.#known.delete(oldest)
    this.#known.set(id, { stored, until: performance.now() + FRESH_MS })
  }

  /** The campaigns that take answers, without their manifests. */
  open(): Promise<ListedCampaign[]> {
    const open = CAMPAIGN_STATES.filter(takesAnswers)
    return this.#db.selectFrom('campaigns').select(['cid', 'mh', 'check_number']).where('state', 'in', open).execute()
  }

  /** Throws when the database does not answer. */
  async ping(): Promise<void> {
    await this.#db.selectFrom('campaigns').select('state').limit(1).execute()
  }

  /** All campaigns as they are now. */
  async all(): Promise<StoredCampaign[]> {
    const rows = await this.#db.selectFrom('campaigns').select('cid').execute()
    const found = await Promise.all(rows.map(({ cid }) => this.findNow(cid)))
    return found.filter((campaign) => campaign !== null)
  }

  /**
   * Moves a campaign on. Throws when that would be a step back, which the database itself refuses, and when the campaign is
   * gone: a draft thrown away in this very moment must not be begun in one half and be missing in the other.
   */
  async move(cid: Uint8Array, state: CampaignState): Promise<void> {
    const update = this.#db.updateTable('campaigns').set({ state }).where('cid', '=', Buffer.from(cid))
    const { numUpdatedRows } = await update.executeTakeFirst()
    this.#known.clear()
    if (numUpdatedRows === 0n)
      throw new ActRefused('this campaign is gone: somebody threw the draft away', 'wrong-state')
  }

  /** Asks the database again. */
  forget(): void {
    this.#known.clear()
  }

  /** Notes that these shares opened a canary together. */
  async addRehearsal(cid: Uint8Array, shares: string): Promise<void> {
    const row = { cid: Buffer.from(cid), shares }
    await this.#db
      .insertInto('rehearsals')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }

  /** Which shares opened a canary together, e.g. `1+3`. */
  async rehearsed(cid: Uint8Array): Promise<string[]> {
    const rows = await this.#db.selectFrom('rehearsals').select('shares').where('cid', '=', Buffer.from(cid)).execute()
    return rows.map(({ shares }) => shares)
  }
}
