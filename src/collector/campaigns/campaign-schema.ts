import type { Kysely } from 'kysely'
import { addGuard, type Engine } from '../storage/engine.ts'
import { CAMPAIGN_STATES } from './campaign-state.ts'

/** The tables of campaigns and of rehearsals, and what guards them. */
export async function createCampaigns(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await db.schema
    .createTable('campaigns')
    .addColumn('cid', engine.bytes, (column) => column.primaryKey().notNull())
    .addColumn('mh', engine.bytes, (column) => column.notNull())
    .addColumn('check_number', 'text', (column) => column.notNull())
    .addColumn('manifest', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('campaigns_by_state').on('campaigns').column('state').execute()
  await db.schema
    .createTable('rehearsals')
    .addColumn('cid', engine.bytes, (column) => column.notNull())
    .addColumn('shares', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('rehearsed_shares', ['cid', 'shares'])
    .execute()
  await guardCampaigns(db, engine)
}

/**
 * The database itself keeps a campaign as it was promised, whoever writes to it with whatever program: a manifest never
 * changes, a life never goes back, and no campaign that was open disappears.
 */
async function guardCampaigns(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const rank = (row: 'OLD' | 'NEW') =>
    `CASE ${row}.state ${CAMPAIGN_STATES.map((state, index) => `WHEN '${state}' THEN ${index}`).join(' ')} END`
  const fixed = ['cid', 'mh', 'check_number', 'manifest']
  const table = 'campaigns'
  await addGuard(db, engine, {
    name: 'manifest_never_changes',
    table,
    before: `UPDATE OF ${fixed.join(', ')}`,
    when: fixed.map((column) => `NEW.${column} IS DISTINCT FROM OLD.${column}`).join(' OR '),
    says: 'a manifest never changes',
  })
  await addGuard(db, engine, {
    name: 'life_goes_forward',
    table,
    before: 'UPDATE OF state',
    when: `${rank('NEW')} IS NULL OR ${rank('NEW')} < ${rank('OLD')}`,
    says: 'a campaign never goes back',
  })
  await addGuard(db, engine, {
    name: 'campaigns_stay',
    table,
    before: 'DELETE',
    when: "OLD.state <> 'draft'",
    says: 'a campaign that was open stays on record',
  })
}
