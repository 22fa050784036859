import { type Kysely, sql } from 'kysely'
import { CAMPAIGN_STATES } from './campaign-state.ts'

/** The tables of campaigns and of rehearsals, and what guards them. */
export async function createCampaigns(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('campaigns')
    .addColumn('cid', 'blob', (column) => column.primaryKey().notNull())
    .addColumn('mh', 'blob', (column) => column.notNull())
    .addColumn('check_number', 'text', (column) => column.notNull())
    .addColumn('manifest', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('campaigns_by_state').on('campaigns').column('state').execute()
  await db.schema
    .createTable('rehearsals')
    .addColumn('cid', 'blob', (column) => column.notNull())
    .addColumn('shares', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('rehearsed_shares', ['cid', 'shares'])
    .execute()
  await guardCampaigns(db)
}

/**
 * The database itself keeps a campaign as it was promised, whoever writes to it with whatever program: a manifest never
 * changes, a life never goes back, and no campaign that was open disappears.
 */
async function guardCampaigns(db: Kysely<unknown>): Promise<void> {
  const rank = (row: 'OLD' | 'NEW') =>
    sql.raw(`CASE ${row}.state ${CAMPAIGN_STATES.map((state, index) => `WHEN '${state}' THEN ${index}`).join(' ')} END`)
  await sql`CREATE TRIGGER manifest_never_changes BEFORE UPDATE OF cid, mh, check_number, manifest ON campaigns
    WHEN NEW.cid IS NOT OLD.cid OR NEW.mh IS NOT OLD.mh OR NEW.check_number IS NOT OLD.check_number
      OR NEW.manifest IS NOT OLD.manifest
    BEGIN SELECT RAISE(ABORT, 'a manifest never changes'); END`.execute(db)
  await sql`CREATE TRIGGER life_goes_forward BEFORE UPDATE OF state ON campaigns
    WHEN ${rank('NEW')} IS NULL OR ${rank('NEW')} < ${rank('OLD')}
    BEGIN SELECT RAISE(ABORT, 'a campaign never goes back'); END`.execute(db)
  await sql`CREATE TRIGGER campaigns_stay BEFORE DELETE ON campaigns WHEN OLD.state <> 'draft'
    BEGIN SELECT RAISE(ABORT, 'a campaign that was open stays on record'); END`.execute(db)
}
