import { BOX_DATABASE, type BoxSchema } from '#collector/box/box-schema'
import { BoxStore } from '#collector/box/box-store'
import { IntakeKeys } from '#collector/box/intake-keys'
import type { OpenDatabase } from '#collector/storage/engine'
import { openDatabase } from '#collector/storage/open-database'
import type { Campaign } from '#protocol/manifest'
import { NthStatement } from '#tests/support/bare-box.ts'
import type { Reached } from './faulty.ts'
import type { PlantedBug } from './simulate.ts'

/** Where the boxes of a simulation lie. */
export interface BoxPlace {
  /** An empty database. */
  fresh(): Promise<OpenDatabase<BoxSchema>>
  done(database: OpenDatabase<BoxSchema>): Promise<void>
}

/** SQLite in memory, a new one for each seed. */
export const IN_MEMORY: BoxPlace = {
  fresh: () => openDatabase<BoxSchema>(':memory:', BOX_DATABASE),
  done: (database) => database.end(),
}

/** Statements up to which one fails: more than a settlement of a few rows has. */
const MOST_STATEMENTS = 40

/** A running round of a simulation: its box, and the same box as a process sees it whose database fails at some statement. */
export class SimulatedRound {
  readonly box: BoxStore
  readonly keys: IntakeKeys
  readonly #campaign: Campaign
  readonly #database: OpenDatabase<BoxSchema>
  readonly #bug: PlantedBug

  private constructor(campaign: Campaign, database: OpenDatabase<BoxSchema>, bug: PlantedBug) {
    const keys = new IntakeKeys(null)
    this.#campaign = campaign
    this.#database = database
    this.#bug = bug
    this.keys = bug.keys?.(keys) ?? keys
    this.box = new BoxStore(database, this.keys)
  }

  static async begin(campaign: Campaign, text: string, database: OpenDatabase<BoxSchema>, bug: PlantedBug) {
    const round = new SimulatedRound(campaign, database, bug)
    await round.box.addCampaign(campaign, text)
    await round.box.campaigns.move(campaign.cid, 'open')
    return round
  }

  /** Seals anew; may break off anywhere. */
  async resealBadly(nth: number, reach: (what: Reached) => void): Promise<void> {
    const broke = await this.#badly(nth, (box) => box.reseal(this.#campaign))
    reach(broke ? 'resealing-broken-off' : 'resealed-under-load')
  }

  /** Closes and settles, breaking off a few times before it succeeds. */
  async closeBadly(random: { below(bound: number): number }, reach: (what: Reached) => void): Promise<void> {
    await this.box.campaigns.move(this.#campaign.cid, 'answers-closed')
    const settle = this.#bug.settle ?? settleAndDestroy
    for (let tries = random.below(4); tries > 0; tries -= 1) {
      const broke = await this.#badly(1 + random.below(MOST_STATEMENTS), (box) =>
        settle(box, this.#campaign, this.#database),
      )
      if (broke) reach('settlement-broken-off')
    }
    await settle(this.box, this.#campaign, this.#database)
    if (this.keys.has(this.#campaign.cid)) throw new Error('the intake key is still there')
  }

  /** Whether it broke off. */
  async #badly(nth: number, work: (box: BoxStore) => Promise<unknown>): Promise<boolean> {
    const failing = { ...this.#database, db: this.#database.db.withPlugin(new NthStatement(nth)) }
    return work(new BoxStore(failing, this.keys)).then(
      () => false,
      (error: Error) => {
        if (error.message !== 'planted') throw error
        return true
      },
    )
  }
}

async function settleAndDestroy(box: BoxStore, campaign: Campaign): Promise<void> {
  await box.settle(campaign)
  await box.destroyIntake(campaign)
}
