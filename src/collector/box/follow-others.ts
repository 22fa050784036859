import { STAGES } from './box-schema.ts'
import type { BoxParts } from './intake-rows.ts'

/**
 * Follows what other processes did with the same database: keys of settled campaigns are destroyed here, too, and those of
 * running ones move on. Answers the ids of campaigns that are not settled and have no key here.
 */
export async function followOthers({ db, keys }: BoxParts): Promise<Buffer[]> {
  const states = await db.selectFrom('intakes').selectAll().where('stage', '<', STAGES.destroyed).execute()
  const running = new Map(states.map((state) => [state.cid.toString('hex'), state]))
  const here = new Set<string>()
  for (const cid of keys.all()) {
    const state = running.get(cid.toString('hex'))
    here.add(cid.toString('hex'))
    if (state) keys.moveOn(cid, state.oldest)
    else if (await isDestroyed(db, cid)) keys.destroy(cid)
  }
  return states.filter(({ cid }) => !here.has(cid.toString('hex'))).map(({ cid }) => cid)
}

/** A key of a campaign that this database does not know may belong to another one. */
async function isDestroyed(db: BoxParts['db'], cid: Buffer): Promise<boolean> {
  const row = await db.selectFrom('intakes').select('stage').where('cid', '=', cid).executeTakeFirst()
  return row?.stage === STAGES.destroyed
}
