import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { demoCampaign } from '#cli/demo/demo-campaign'
import { openStores } from '#collector/installation/data-folder'
import { readKeyShareFile } from '#protocol/key-file'
import { commitmentsTo, wrapShare } from '#protocol/key-share'
import { makeBoxKeys } from '#protocol/sealed-box'
import { tableColumns } from '#results/responses-csv'
import { FORMS } from '#tests/support/forms.ts'
import { freePort, ita, serve } from '#tests/support/ita.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

describe('ita', () => {
  it.each(['demo', 'serve', 'start', 'open', 'close', 'replay', 'fixture'])('%s explains itself', async (command) => {
    const { code, stdout, stderr } = await ita([command, '--help'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain(`Usage: ita ${command}`)
  })

  it.each([
    [['open'], 2, '--campaign'],
    [['open', '--data', 'd', '--campaign', 'x', '--out', 'o'], 2, '--key'],
    [['open', '--campaign', 'x', '--key', 'k', '--out', 'o'], 2, 'either --data'],
    [['nonsense'], 2, 'nonsense'],
    [['fixture', '2567', '--out', 'x'], 2, 'give 2566'],
    [['serve', '--data', 'x', '--port', 'eighty'], 2, 'whole number'],
    [['serve', '--data', 'x', '--port', '99999'], 2, '65535'],
    [['close', '--data', '/nowhere', '--campaign', 'x'], 1, 'name the data folder'],
    [['replay', '--url', 'http://127.0.0.1:9', '--answers', 'a', '--slips', 's', '--concurrency', '0'], 2, '1 to 256'],
    [['open', '--data', '/nowhere', '--campaign', 'x', '--key', 'k', '--out', 'o'], 1, 'name the data folder'],
    [['open', '--url', 'http://127.0.0.1:9', '--campaign', 'x', '--key', 'k', '--out', 'o'], 1, 'start the collector'],
    [
      ['replay', '--url', 'http://127.0.0.1:9', '--answers', '/nowhere.csv', '--slips', '/nowhere'],
      1,
      'give a CSV file',
    ],
  ] as const)('%j ends with %i and one line that says how to mend it', async (args, exitCode, hint) => {
    const { code, stderr } = await ita(args)
    expect(code).toBe(exitCode)
    expect(stderr).toContain(hint)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})

it('npm start says what is wrong with PORT', async () => {
  expect(await ita(['start'], { PORT: 'abc' })).toEqual({
    code: 2,
    stdout: '',
    stderr: 'error: PORT is "abc"; set it to a whole number up to 65535\n',
  })
})

it('npm start prints a link for the first administrator, once there is one the room’s address', async () => {
  const data = join(tempFolder(), 'data')
  const started = async () => {
    const port = String(await freePort())
    const program = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
    const child = spawn(process.execPath, [program, 'start'], { env: { ...process.env, DATA_DIR: data, PORT: port } })
    let output = ''
    for await (const chunk of child.stdout) {
      output += chunk
      if (/^admin .*\n/m.test(output)) break
    }
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
    return /^admin (.*)$/m.exec(output)?.[1] ?? ''
  }
  const first = await started()
  expect(first).toMatch(/^http:\/\/localhost:\d+\/admin\/#join\.[\w-]{43}$/)
  const stores = await openStores(data)
  const token = first.split('#join.')[1] ?? ''
  const credentials = { password: { hash: 'x', totp: 'y', step: 0 } }
  const account = { id: Buffer.alloc(16, 1), name: 'ผู้ดูแล' }
  expect(await stores.office.accounts.join(token, Date.now(), account, credentials)).toMatchObject({ role: 'admin' })
  await stores.end()
  expect(await started()).toMatch(/^http:\/\/localhost:\d+\/admin\/$/)
})

describe('ita demo', () => {
  it('changes nothing when it is run again', async () => {
    const data = join(tempFolder(), 'data')
    const first = await ita(['demo', '--data', data])
    const contents = () =>
      readdirSync(data, { recursive: true, encoding: 'utf8' })
        .sort()
        .map((file) => [
          file,
          existsSync(join(data, file)) && !file.endsWith('slips') && !/^demo$/.test(file)
            ? readFileSync(join(data, file)).toString('base64')
            : '',
        ])
    const before = contents()
    const moved = join(data, '..', 'moved')
    renameSync(data, moved)
    expect(JSON.parse((await ita(['demo', '--data', moved])).stdout).keys).toEqual([join(moved, 'demo', 'key-1.json')])
    renameSync(moved, data)
    const second = await ita(['demo', '--data', data])
    expect(second.stdout).toBe(first.stdout)
    expect(contents()).toEqual(before)
    const demo = JSON.parse(first.stdout)
    expect(Object.keys(demo)).toEqual(['cid', 'mh', 'checkNumber', 'lanes', 'keys'])
    for (const lane of ['iit', 'eit-public', 'eit-survey'])
      expect(readFileSync(demo.lanes[lane].slips, 'utf8').trim().split('\n')).toHaveLength(600)
  })
})

describe('ita open and replay', () => {
  let data: string
  let demo: Awaited<ReturnType<typeof demoCampaign>>
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'prongsai-'))
    demo = await demoCampaign(data, 'http://127.0.0.1')
  })
  const open = (change: string[], env = { ITA_PASSPHRASE: 'demo' }) =>
    ita(
      [
        'open',
        '--data',
        data,
        '--campaign',
        demo.cid,
        '--key',
        demo.keys[0] ?? '',
        '--out',
        join(data, 'out'),
        ...change,
      ],
      env,
    )

  it('say what is wrong with a key, a passphrase, a campaign or the OIT file', async () => {
    expect(await open([], { ITA_PASSPHRASE: 'wrong' })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('wrong passphrase'),
    })
    expect(await open(['--campaign', 'AAAAAAAAAAAAAAAAAAAAAA'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('holds no campaign'),
    })
    expect(await open(['--key', demo.keys[0] ?? ''])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('second key holder'),
    })
    const notKey = join(data, 'not-a-key.json')
    writeFileSync(notKey, '{}')
    expect(await open(['--key', notKey])).toMatchObject({ code: 1, stderr: expect.stringContaining('not a key file') })
    writeFileSync(notKey, '{"O1":50}')
    expect(await open(['--oit', notKey])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('O1 must be 0, 100 or an address'),
    })
    expect(existsSync(join(data, 'out', 'responses.csv'))).toBe(false)
  })

  it('do not open with a private key of another box', async () => {
    const other = mkdtempSync(join(tmpdir(), 'prongsai-'))
    const stranger = await demoCampaign(other, 'http://127.0.0.1')
    const { privateKey } = await makeBoxKeys()
    const file = join(other, 'forged.json')
    const {
      ct: _ct,
      iv: _iv,
      kdf: _kdf,
      v: _v,
      kind: _kind,
      ...own
    } = readKeyShareFile(JSON.parse(readFileSync(demo.keys[0] ?? '', 'utf8')))
    writeFileSync(
      file,
      JSON.stringify(await wrapShare(privateKey, { ...own, commitments: await commitmentsTo([privateKey]) }, 'demo')),
    )
    for (const [key, said] of [
      [stranger.keys[0] ?? '', 'another campaign'],
      [file, 'another key'],
    ] as const) {
      const args = ['open', '--data', data, '--campaign', demo.cid, '--key', key, '--out', join(data, 'out')]
      expect(await ita(args, { ITA_PASSPHRASE: 'demo' })).toMatchObject({
        code: 1,
        stderr: expect.stringContaining(said),
      })
    }
  })

  it('open an empty box to an empty table', async () => {
    expect((await open([])).code).toBe(0)
    expect(readFileSync(join(data, 'out', 'responses.csv'), 'utf8')).toBe(`﻿${tableColumns(FORMS).join(',')}\r\n`)
    expect(JSON.parse(readFileSync(join(data, 'out', 'scorecard.json'), 'utf8'))).toMatchObject({
      total: null,
      level: null,
      instruments: {},
      spoiled: [],
      withheld: [],
    })
  })

  it('replay names the row and column that is off, and tells used slips', async () => {
    const answers = join(data, 'answers.csv')
    const row = (value: string) =>
      tableColumns(FORMS)
        .map((column) => (column === 'lane' ? 'eit-survey' : column.startsWith('E') ? value : ''))
        .join(',')
    writeFileSync(answers, `${tableColumns(FORMS).join(',')}\n${row('1')}\n${row('7')}\n`)
    const slips = join(data, 'demo', 'slips')
    const nobody = ['replay', '--url', 'http://127.0.0.1:9', '--answers', answers, '--slips', slips]
    expect(await ita(nobody)).toMatchObject({ code: 1, stderr: expect.stringContaining('start its collector') })
    const collector = await serve(data)
    expect(await ita(['replay', '--url', collector.url, '--answers', answers, '--slips', slips])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/row 3: E1 is "7"/),
    })
    writeFileSync(answers, `${tableColumns(FORMS).join(',')}\n${row('1')}\n`)
    const one = join(data, 'one')
    mkdirSync(one)
    writeFileSync(join(one, 'eit-survey.txt'), readFileSync(join(slips, 'eit-survey.txt'), 'utf8').split('\n')[0] ?? '')
    const replay = () => ita(['replay', '--url', collector.url, '--answers', answers, '--slips', one])
    expect(await replay()).toMatchObject({ code: 0, stdout: expect.stringContaining('1 of 1 kept') })
    expect(await replay()).toMatchObject({ code: 1, stderr: expect.stringContaining('code-used 1') })
    expect((await ita(['close', '--data', data, '--campaign', demo.cid])).code).toBe(0)
    const receipts = await (await fetch(`${collector.url}/v2/campaigns/${demo.cid}/receipts`)).json()
    expect(receipts).toMatchObject({ lanes: { 'eit-survey': { count: 1 } } })
    expect(await replay()).toMatchObject({ code: 1, stderr: expect.stringContaining('campaign-closed 1') })
    expect(await collector.stop()).toBe(0)
  })
})
