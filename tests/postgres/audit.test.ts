import { expect, it, onTestFinished } from 'vitest'
import { closeCampaign } from '#collector/rounds/campaign-life'
import { bareDelivery } from '#tests/support/bare-box.ts'
import { newPlace, postgres } from '#tests/support/both-engines.ts'
import { ita } from '#tests/support/ita.ts'
import { makeRound } from '#tests/support/make-round.ts'

it('ita audit looks at the PostgreSQL that a box lies in, and finds what was loosened there', async () => {
  const pg = await postgres()
  const place = await newPlace('postgres')
  const stores = await place.open()
  onTestFinished(() => stores.end())
  const { campaign } = await makeRound(stores, { eligible: { iit: 5 } })
  for (let count = 0; count < 5; count += 1) await stores.box.keep(bareDelivery(campaign))
  await closeCampaign(stores, campaign, 'test')
  const { issuer = '', box = '' } = place.databases
  const audit = async () => {
    const { stdout, stderr } = await ita(['audit', '--data', place.dataFolder], { ISSUER_DB: issuer, BOX_DB: box })
    return { stdout, broken: /do not hold: (.*)/.exec(stderr)?.[1]?.split(', ') ?? [] }
  }
  // five responses came without a slip, and no night has passed: this test put them there
  const expected = ['resealed', 'slips-for-people']
  const first = await audit()
  expect(first.broken).toEqual(expected)
  expect(first.stdout).toContain('archive_mode off, 0 slots')

  const database = new URL(box).pathname.slice(1)
  const loosened = async (check: string, sql: string, undo: string) => {
    pg.sql(sql, database)
    expect((await audit()).broken).toContain(check)
    pg.sql(undo, database)
  }
  await loosened(
    'pg-log',
    `ALTER DATABASE ${database} SET log_statement = 'all'`,
    `ALTER DATABASE ${database} RESET log_statement`,
  )
  await loosened(
    'pg-guards',
    'ALTER TABLE campaigns DISABLE TRIGGER life_goes_forward',
    'ALTER TABLE campaigns ENABLE TRIGGER life_goes_forward',
  )
  expect((await audit()).broken).toEqual(expected)
  // a row that somebody touched carries another mark
  pg.sql('UPDATE receipts SET nf = nf WHERE ctid = (SELECT ctid FROM receipts LIMIT 1)', database)
  expect((await audit()).broken).toContain('pg-one-mark')
})
