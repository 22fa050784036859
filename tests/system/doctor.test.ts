import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { addressDiagnoses } from '#cli/doctor/address'
import { backupDiagnoses } from '#cli/doctor/backups'
import type { Diagnosis } from '#cli/doctor/diagnosis'
import { folderDiagnoses, opensDiagnosis } from '#cli/doctor/folder'
import { type MachineFacts, machineDiagnoses, otherPackage } from '#cli/doctor/machine'
import { roundDiagnoses } from '#cli/doctor/rounds'
import { makeCampaign } from '#cli/installation/make-campaign'
import { APP_FOLDER } from '#cli/installation/project-folder'
import { backUp } from '#collector/installation/backup'
import { FILES, intakeKeysBeside, openStores } from '#collector/installation/data-folder'
import { startCollector } from '#collector/main'
import { closeCampaign } from '#collector/rounds/campaign-life'
import { ita, serve } from '#tests/support/ita.ts'
import { dayFromNow, makeRound, TEST_OWNER } from '#tests/support/make-round.ts'
import { type Spoil, spoilingProxy, tlsServer } from '#tests/support/spoiling-proxy.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const DAY_MS = 86_400_000

/** What is not well, as `check: how bad`. */
function wrong(found: readonly Diagnosis[]): string[] {
  return found.filter(({ health }) => health !== 'well').map(({ check, health }) => `${check}: ${health}`)
}

describe('the doctor looks at the machine', () => {
  const SOUND: MachineFacts = {
    freeBytes: 50e9,
    diskBytes: 100e9,
    expected: 1000,
    memoryBytes: 4e9,
    clockIsKept: true,
    node: '24.21.0',
    otherPackage: null,
    isBuilt: true,
    isRoot: false,
  }

  it('a sound one has nothing to mend', () => {
    expect(wrong(machineDiagnoses(SOUND))).toEqual([])
  })

  it.each([
    ['a disk that is full', { freeBytes: 100e6 }, 'disk: ill'],
    ['a disk too small for the answers that are still to come', { freeBytes: 5e9, expected: 1_000_000 }, 'disk: ill'],
    ['a disk of which a twentieth is left', { freeBytes: 4e9 }, 'disk: look'],
    ['little memory', { memoryBytes: 500e6 }, 'memory: look'],
    ['a clock that nobody keeps', { clockIsKept: false }, 'clock: look'],
    ['an older Node', { node: '22.12.0' }, 'node: ill'],
    ['an app of an older version', { isBuilt: false }, 'app-built: ill'],
    ['root', { isRoot: true }, 'not-root: look'],
  ] as const)('and finds %s', (_what, fault, said) => {
    expect(wrong(machineDiagnoses({ ...SOUND, ...fault }))).toEqual([said])
  })

  it('and names the library that is another than the lockfile says', () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'node_modules'))
    const lock = (version: string) => JSON.stringify({ packages: { '': {}, 'node_modules/dexie': { version } } })
    writeFileSync(join(folder, 'package-lock.json'), lock('4.4.7'))
    expect(otherPackage(folder)).toBe('node_modules –')
    writeFileSync(join(folder, 'node_modules', '.package-lock.json'), lock('4.4.6'))
    expect(otherPackage(folder)).toBe('dexie 4.4.6 → 4.4.7')
    writeFileSync(join(folder, 'node_modules', '.package-lock.json'), lock('4.4.7'))
    expect(otherPackage(folder)).toBeNull()
  })
})

/** A running round of a department, and the backup of last night. */
async function kept() {
  const folder = tempFolder()
  const [data, backup] = [join(folder, 'data'), join(folder, 'backup')]
  const stores = await openStores(data)
  const { campaign } = await makeRound(stores, { eligible: { iit: 20 } })
  await backUp(stores, data, backup, 'test')
  await stores.end()
  return { data, backup, keys: intakeKeysBeside(data), campaign }
}

describe('the doctor looks at data, keys and backups', () => {
  it('and finds files that others can read, a damaged file, a key that is missing and one that is another’s', async () => {
    const { data, keys } = await kept()
    const opens = async () => {
      const stores = await openStores(data)
      const found = await opensDiagnosis(stores)
      await stores.end()
      return wrong([found])
    }
    expect(wrong(await folderDiagnoses(data, keys))).toEqual([])
    expect(await opens()).toEqual([])
    chmodSync(join(data, FILES.box), 0o644)
    expect(wrong(await folderDiagnoses(data, keys))).toEqual(['private: ill'])
    chmodSync(join(data, FILES.box), 0o600)

    const file = join(keys, readdirSync(keys)[0] ?? '')
    const whole = readFileSync(file, 'utf8')
    const other = { ...JSON.parse(whole), secret: Buffer.alloc(32, 7).toString('base64url') }
    writeFileSync(file, JSON.stringify(other))
    expect(await opens()).toEqual(['opens: ill'])
    rmSync(file)
    expect(await opens()).toEqual(['opens: ill'])
    writeFileSync(file, whole, { mode: 0o600 })

    const bytes = readFileSync(join(data, FILES.box))
    writeFileSync(join(data, FILES.box), bytes.fill(1, 4096, 12_288))
    expect(wrong(await folderDiagnoses(data, keys))).toEqual(['whole: ill'])
  })

  it('and finds a backup that is missing, old, damaged, not whole, or beside the key', async () => {
    const { data, backup, keys } = await kept()
    // the test has one disk
    const found = () =>
      wrong(backupDiagnoses(data, backup, Date.now())).filter((one) => one !== 'backup-elsewhere: look')
    expect(wrong(backupDiagnoses(data, backup, Date.now()))).toEqual(['backup-elsewhere: look'])
    expect(wrong(backupDiagnoses(data, undefined, Date.now()))).toEqual(['backup-there: look'])
    expect(wrong(backupDiagnoses(data, tempFolder(), Date.now()))).toEqual(['backup-there: ill'])
    cpSync(keys, join(backup, 'keys'), { recursive: true })
    expect(found()).toEqual(['backup-no-key: ill'])
    rmSync(join(backup, 'keys'), { recursive: true })
    const three = new Date(Date.now() - 3 * DAY_MS)
    for (const name of readdirSync(backup)) utimesSync(join(backup, name), three, three)
    expect(found()).toEqual(['backup-fresh: ill'])
    writeFileSync(join(backup, FILES.acts), 'no database')
    expect(found()).toEqual(['backup-whole: ill'])
    rmSync(join(backup, FILES.acts))
    expect(found()).toEqual(['backup-fresh: ill', 'backup-whole: ill'])
  })
})

const PLAN_OF_TESTS = {
  ...TEST_OWNER,
  eligible: { iit: 20 },
  k: { iit: 10, eit: 5 },
  handout: 'drawn',
  keyShares: { shares: 3, threshold: 2 },
} as const

it('the doctor finds what was forgotten about rounds: closing, beginning, opening, a second administrator, the clock', async () => {
  const folder = tempFolder()
  const stores = await openStores(folder)
  onTestFinished(() => stores.end())
  const { campaign } = await makeRound(stores, { eligible: { iit: 20 } })
  const at = async (days: number) =>
    wrong(await roundDiagnoses(stores, await stores.box.campaigns.all(), Date.now() + days * DAY_MS))
  expect(await at(0)).toEqual(['two-admins: look'])
  expect(await at(400)).toEqual(['closing: ill', 'two-admins: look'])
  expect(await at(-400)).toEqual(['two-admins: look', 'log-time: ill'])
  const draft = { from: dayFromNow(2), to: dayFromNow(30) }
  await makeCampaign(stores, { ...PLAN_OF_TESTS, fiscalYear: 2570, issueWindow: draft, answerWindow: draft })
  expect(await at(1)).toEqual(['two-admins: look'])
  expect(await at(2)).toEqual(['beginning: look', 'two-admins: look'])
  await closeCampaign(stores, campaign, 'test')
  expect(await at(29)).toEqual(['beginning: look', 'two-admins: look'])
  expect(await at(31)).toEqual(['beginning: look', 'opening: look', 'two-admins: look'])
})

describe('the doctor looks at what phones get', () => {
  it('and finds a proxy or an operator that changes, keeps, forgets or stops something', async () => {
    const { data, campaign } = await kept()
    const stores = await openStores(data)
    const campaigns = await stores.box.campaigns.all()
    await stores.end()
    const collector = await startCollector({ dataFolder: data, port: 0, host: '127.0.0.1', appFolder: APP_FOLDER })
    onTestFinished(() => collector.stop())
    const through = async (spoil: Spoil, nowMs = Date.now()) =>
      wrong(await addressDiagnoses(await spoilingProxy(collector.url, spoil), campaigns, nowMs))
    // this machine alone may do without TLS
    const usual = ['encrypted: look']
    expect(await through({})).toEqual(usual)
    expect(await through({ drop: 'content-security-policy' })).toEqual([...usual, 'security-headers: ill'])
    expect(await through({ path: '/v2/health', status: 503 })).toEqual([...usual, 'healthy: ill'])
    expect(await through({ path: '/', body: '<title>old</title>' })).toEqual([...usual, 'same-app: ill'])
    expect(await through({}, Date.now() + DAY_MS)).toEqual([...usual, 'same-time: ill'])
    expect(await through({ path: '/sw.js', cache: 'max-age=86400' })).toEqual([...usual, 'worker-fresh: ill'])
    const round = `/v2/campaigns/${campaign.manifest.cid}`
    expect(await through({ path: round, status: 404, body: '' })).toEqual([...usual, 'rounds-answer: ill'])
    expect(wrong(await addressDiagnoses('http://127.0.0.1:9', campaigns, Date.now()))).toEqual(['reachable: ill'])
    expect(new Set(wrong(await addressDiagnoses(undefined, [], 0)).map((one) => one.split(': ')[1]))).toEqual(
      new Set(['unchecked']),
    )
  })

  it('and finds a certificate that ends soon, or has ended', async () => {
    const url = await tlsServer(30)
    const at = async (days: number) => wrong(await addressDiagnoses(url, [], Date.now() + days * DAY_MS))
    // nobody trusts what the test signed for itself, so nothing else answers
    expect(await at(0)).toEqual(['reachable: ill'])
    expect(await at(15)).toEqual(['reachable: ill', 'certificate: look'])
    expect(await at(31)).toEqual(['reachable: ill', 'certificate: ill'])
  })
})

it('ita doctor says what is ill, how it is mended, and ends with 1; it changes nothing of a running collector', async () => {
  const { data, backup } = await kept()
  const collector = await serve(data)
  onTestFinished(() => collector.kill())
  chmodSync(join(data, FILES.office), 0o644)
  const { code, stdout, stderr } = await ita(['doctor', '--data', data, '--backups', backup, '--url', collector.url])
  expect({ code, stderr }).toEqual({ code: 1, stderr: 'error: 1 things must be mended: private\n' })
  expect(stdout).toContain('วิธีแก้: สั่ง chmod -R go=')
  expect(stdout).toContain('ต้องแก้ 1 ข้อ')
  chmodSync(join(data, FILES.office), 0o600)
  expect((await ita(['doctor', '--data', data, '--backups', backup, '--url', collector.url])).code).toBe(0)
  expect((await fetch(`${collector.url}/v2/health`)).status).toBe(200)
  expect(await ita(['doctor', '--data', join(data, 'elsewhere')])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('name the data folder'),
  })
})
