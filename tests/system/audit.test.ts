import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { demoCampaign } from '#cli/demo/demo-campaign'
import { makeCampaign } from '#cli/installation/make-campaign'
import { intakeKeysBeside, openStores } from '#collector/installation/data-folder'
import { resealAll } from '#collector/installation/storage-jobs'
import { copyData } from '#tests/support/copy-data.ts'
import { freePort, ita, serve } from '#tests/support/ita.ts'
import { dayFromNow, makeRound, TEST_OWNER } from '#tests/support/make-round.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

/** The checks that do not hold, as `ita audit` names them. */
async function broken(...args: string[]): Promise<string[]> {
  const { stderr } = await ita(['audit', ...args])
  if (stderr.includes('a database is damaged')) return ['whole']
  return /do not hold: (.*)/.exec(stderr)?.[1]?.split(', ') ?? []
}

describe('ita audit on the demo installation', () => {
  it('finds what a demonstration does not keep, and that all the rest holds, live and on disk', async () => {
    const data = join(tempFolder(), 'data')
    await demoCampaign(data, 'http://127.0.0.1')
    const collector = await serve(data)
    onTestFinished(() => collector.kill())
    const { code, stdout, stderr } = await ita(['audit', '--data', data, '--url', collector.url])
    expect(code).toBe(1)
    // key and slips lie beside the data, and one key opens the box: that is what makes it a demonstration
    expect(stderr).toBe('error: 3 promises do not hold: nothing-else, no-key-here, two-holders\n')
    expect(stdout).toContain('จริง 20 ข้อ อ่อน 1 ข้อ ไม่จริง 3 ข้อ ไม่ได้ตรวจ 2 ข้อ')
    expect(stdout).toContain('ผู้ตรวจ ____')
    expect(await ita(['audit', '--data', '/nowhere'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('name the data folder'),
    })
  })
})

describe('ita audit on a round of a department', () => {
  let pristine: string
  beforeAll(async () => {
    pristine = mkdtempSync(join(tmpdir(), 'prongsai-audit-'))
    const stores = await openStores(pristine)
    const { campaign } = await makeRound(stores, { eligible: { iit: 20 } })
    await stores.box.keep({ cid: campaign.cid, lane: 'iit', nf: new Uint8Array(32), sealed: new Uint8Array(1105) })
    await resealAll(stores, 'test')
    await stores.end()
  })
  const copy = () => {
    const data = join(tempFolder(), 'data')
    copyData(pristine, data)
    return data
  }
  const alter = (data: string, file: string, sql: string) => {
    const database = new Database(join(data, file))
    database.exec(sql)
    database.close()
  }

  it.each<[what: string, check: string, spoil: (data: string) => void]>([
    [
      'a time beside each response',
      'columns',
      (data) => alter(data, 'box.sqlite', 'ALTER TABLE box ADD COLUMN at INTEGER'),
    ],
    ['who used a code', 'columns', (data) => alter(data, 'issuer.sqlite', 'ALTER TABLE codes ADD COLUMN name TEXT')],
    [
      'rows in order of arrival',
      'columns',
      (data) =>
        alter(
          data,
          'box.sqlite',
          'ALTER TABLE box RENAME TO old; CREATE TABLE box (cid BLOB, lane TEXT, rid BLOB, sealed BLOB); INSERT INTO box SELECT * FROM old; DROP TABLE old',
        ),
    ],
    ['a write-ahead log', 'no-wal', (data) => alter(data, 'box.sqlite', 'PRAGMA journal_mode = WAL')],
    [
      'a journal left behind',
      'journal-empty',
      (data) => writeFileSync(join(data, 'issuer.sqlite-journal'), 'x'.repeat(100)),
    ],
    ['files for everybody', 'files-private', (data) => chmodSync(join(data, 'box.sqlite'), 0o644)],
    ['a key beside the data', 'no-key-here', (data) => writeFileSync(join(data, 'k.json'), '{"kind":"ita-key-share"}')],
    ['an access log beside the data', 'nothing-else', (data) => writeFileSync(join(data, 'access.log'), '10.0.0.1')],
    [
      'an altered act',
      'act-chain',
      (data) => alter(data, 'acts.sqlite', "UPDATE acts SET act = replace(act, '1+2', '2+3') WHERE n = 2"),
    ],
    [
      'nothing sealed anew for days',
      'resealed',
      (data) => alter(data, 'acts.sqlite', "DELETE FROM acts WHERE act LIKE '%intake-resealed%'"),
    ],
    [
      'an act that is filed as another',
      'act-chain',
      (data) => alter(data, 'acts.sqlite', "UPDATE acts SET name = 'signed-in' WHERE n = 2"),
    ],
    ['an intake key that others may read', 'intake-key-safe', (data) => chmodSync(intakeKeysBeside(data), 0o755)],
    ['an intake key that is missing', 'intake-key-safe', (data) => rmSync(intakeKeysBeside(data), { recursive: true })],
    [
      'an intake key of another round',
      'intake-key-safe',
      (data) => {
        const file = join(intakeKeysBeside(data), readdirSync(intakeKeysBeside(data))[0] ?? '')
        writeFileSync(file, readFileSync(file, 'utf8').replace(/"secret":"..../, '"secret":"AAAA'))
      },
    ],
    [
      'a response without a ticket',
      'one-ticket-one-response',
      (data) =>
        alter(
          data,
          'box.sqlite',
          "INSERT INTO intake (cid, lane, epoch, row) SELECT cid, 'iit', 0, randomblob(1649) FROM intakes",
        ),
    ],
    ['more responses than exchanged slips', 'slips-for-people', () => undefined],
    [
      'a pair that was never rehearsed',
      'rehearsed',
      (data) => alter(data, 'box.sqlite', "DELETE FROM rehearsals WHERE shares = '1+3'"),
    ],
    [
      'a table of arrivals',
      'columns',
      (data) => alter(data, 'box.sqlite', 'CREATE TABLE arrivals (nf BLOB, at TEXT, address TEXT)'),
    ],
    [
      'a trigger that copies',
      'columns',
      (data) => alter(data, 'box.sqlite', 'CREATE TRIGGER spy AFTER INSERT ON spent BEGIN SELECT 1; END'),
    ],
    ['a guard that is gone', 'columns', (data) => alter(data, 'issuer.sqlite', 'DROP TRIGGER life_goes_forward')],
    [
      'an older copy of the box beside it',
      'nothing-else',
      (data) => cpSync(join(data, 'box.sqlite'), join(data, 'box.sqlite.2026-11-20')),
    ],
    [
      'a key whose name begins like a database',
      'no-key-here',
      (data) => writeFileSync(join(data, 'box.sqlite-key.json'), '{"kind":"ita-key-share"}'),
    ],
    ['a log that was begun anew', 'acts-match', (data) => alter(data, 'acts.sqlite', 'DELETE FROM acts')],
    [
      'a damaged database',
      'whole',
      (data) => writeFileSync(join(data, 'issuer.sqlite'), 'not a database'.repeat(1000)),
    ],
  ])('notices %s', async (_what, check, spoil) => {
    const data = copy()
    spoil(data)
    expect(await broken('--data', data)).toContain(check)
  })

  it('is content with a round as it should be', async () => {
    const data = copy()
    // the one response in it came without a slip, which this round's counts say
    expect(await broken('--data', data)).toEqual(['slips-for-people'])
  })

  it('does not mistake a draft for a broken promise, and shows rounded counts while people answer', async () => {
    const data = join(tempFolder(), 'data')
    const stores = await openStores(data)
    await makeCampaign(stores, {
      fiscalYear: 2569,
      ...TEST_OWNER,
      eligible: { iit: 20 },
      issueWindow: { from: dayFromNow(1), to: dayFromNow(2) },
      answerWindow: { from: dayFromNow(1), to: dayFromNow(2) },
      k: { iit: 10, eit: 5 },
      handout: 'drawn',
      keyShares: { shares: 3, threshold: 2 },
    })
    await resealAll(stores, 'test')
    await stores.end()
    expect(await ita(['audit', '--data', data])).toMatchObject({ code: 0, stderr: '' })
    expect((await ita(['audit', '--data', copy()])).stdout).toContain('iit 0+/0+')
  })

  it('notices a proxy that loosens the headers', async () => {
    const data = copy()
    const collector = await serve(data)
    onTestFinished(() => collector.kill())
    const port = await freePort()
    const proxy = createServer((incoming, outgoing) => {
      const onward = request(
        `${collector.url}${incoming.url}`,
        { method: incoming.method, headers: incoming.headers },
        (reply) => {
          const policy = String(reply.headers['content-security-policy']).replace(
            "script-src 'self'",
            "script-src 'self' https://elsewhere.example",
          )
          outgoing.writeHead(reply.statusCode ?? 502, { ...reply.headers, 'content-security-policy': policy })
          reply.pipe(outgoing)
        },
      )
      incoming.pipe(onward)
    }).listen(port, '127.0.0.1')
    onTestFinished(() => void proxy.close())
    expect(await broken('--data', data, '--url', collector.url)).not.toContain('headers')
    expect(await broken('--data', data, '--url', `http://127.0.0.1:${port}`)).toContain('headers')
  })

  it('notices a proxy that writes down what passes', async () => {
    const data = copy()
    const collector = await serve(data)
    onTestFinished(() => collector.kill())
    const logs = join(tempFolder(), 'logs')
    mkdirSync(logs)
    const port = await freePort()
    const proxy = createServer((incoming, outgoing) => {
      appendFileSync(
        join(logs, 'access.log'),
        `${incoming.socket.remoteAddress} ${incoming.url} ${incoming.headers['user-agent']}\n`,
      )
      const onward = request(
        `${collector.url}${incoming.url}`,
        { method: incoming.method, headers: incoming.headers },
        (reply) => {
          outgoing.writeHead(reply.statusCode ?? 502, reply.headers)
          reply.pipe(outgoing)
        },
      )
      incoming.pipe(onward)
    }).listen(port, '127.0.0.1')
    onTestFinished(() => void proxy.close())
    const through = ['--data', data, '--url', `http://127.0.0.1:${port}`]
    expect(await broken(...through)).not.toContain('no-trace')
    expect(await broken(...through, '--logs', logs)).toContain('no-trace')
  })
})
