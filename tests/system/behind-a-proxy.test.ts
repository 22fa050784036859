import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Agent, fetch as trustingFetch } from 'undici'
import { expect, it, onTestFinished } from 'vitest'
import { flushOutbox } from '#device/delivery/flush'
import type { Device } from '#device/device'
import { makeMemoryStore } from '#device/memory-store'
import { loadPublished } from '#device/published'
import { refillWallet } from '#device/tablet/wallet'
import { toBase64Url } from '#protocol/bytes'
import { parseEnrolment } from '#protocol/counter'
import { makeBoxKeys } from '#protocol/sealed-box'
import { parseSlip } from '#protocol/slip-link'
import { enrolled, sealNext } from '#tests/support/counter-point.ts'
import { freePort, ita, serve } from '#tests/support/ita.ts'
import { dayFromNow } from '#tests/support/make-round.ts'
import { readPdf } from '#tests/support/read-pdf.ts'
import { runNginx } from '#tests/support/run-nginx.ts'
import { sealedOnDevice } from '#tests/support/sealed-on-device.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const PASSPHRASES = {
  ITA_PASSPHRASE_1: 'ศูนย์คุณธรรม สี่คำยาว ๆ',
  ITA_PASSPHRASE_2: 'internal audit long words',
  ITA_PASSPHRASE_3: 'staff representative kettle',
}

/** Runs `ita` and expects it to succeed. */
async function done(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { code, stdout, stderr } = await ita(args, env)
  expect([args.join(' '), code, code === 0 ? '' : stderr]).toEqual([args.join(' '), 0, ''])
  return stdout
}

/** A device that speaks to the proxy over TLS. */
function deviceAt(origin: string, certificate: string): Device {
  const dispatcher = new Agent({ connect: { ca: readFileSync(certificate) } })
  onTestFinished(() => dispatcher.close())
  return {
    origin,
    store: makeMemoryStore(),
    fetch: ((input: string, init: object) => trustingFetch(input, { ...init, dispatcher })) as unknown as typeof fetch,
    clock: {
      now: () => Date.now(),
      schedule: (ms, run) => (clearTimeout as (t: unknown) => void).bind(null, setTimeout(run, ms)),
    },
    random: { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)), fraction: Math.random },
    lock: { exclusively: (_name, work) => work() },
  }
}

it('issuer and box run as two processes behind nginx, each with its own half; three holders keep the key; two open', {
  timeout: 300_000,
}, async () => {
  const folder = tempFolder()
  const [issuerData, boxData, keys] = ['issuer', 'box', 'keys'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  const windows = ['issue', 'answer'].flatMap((what) => [
    ...[`--${what}-from`, dayFromNow(-1)],
    ...[`--${what}-to`, dayFromNow(9)],
  ])
  const created = await done(
    [
      'campaign',
      'create',
      '--role',
      'issuer',
      '--data',
      issuerData,
      '--keys-out',
      keys,
      '--fiscal-year',
      '2569',
      '--agency-th',
      'กรมทดสอบ',
      '--agency-en',
      'Tests',
      '--short-th',
      'ทสป.',
      '--short-en',
      'DoT',
      '--enquiries',
      'กลุ่มงานจริยธรรม',
      '--reach',
      'โทร. 0 2000 0000',
      '--origin',
      'https://ita.example.go.th',
      '--lane',
      'iit=20',
      '--lane',
      'eit-public=40',
      '--point',
      'เคาน์เตอร์ 1',
      ...windows,
    ],
    PASSPHRASES,
  )
  const cid = /draft (\S+),/.exec(created)?.[1] ?? ''
  await done(['campaign', 'add', '--data', boxData, '--manifest', join(keys, 'manifest.json')])
  const [key1, key2, key3] = [1, 2, 3].map((index) => join(keys, `key-${index}.json`)) as [string, string, string]
  const box = ['--data', boxData, '--campaign', cid]

  // the ceremony and its mistakes
  expect(await ita(['campaign', 'begin', ...box])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('1+2, 1+3, 2+3'),
  })
  const rehearse = (files: readonly string[], env: Readonly<Record<string, string>> = PASSPHRASES) =>
    ita(['campaign', 'rehearse', ...box, ...files.flatMap((file) => ['--key', file])], env)
  expect(await rehearse([key1])).toMatchObject({ code: 1, stderr: expect.stringContaining('2 keys open this box') })
  expect(await rehearse([key1, key1])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('same share was given twice'),
  })
  expect(await rehearse([key1, key2], { ...PASSPHRASES, ITA_PASSPHRASE_2: 'internal audit long word' })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`${key2}: wrong passphrase`),
  })
  const foreign = join(folder, 'foreign.json')
  writeFileSync(foreign, readFileSync(key2, 'utf8').replace(cid, 'AAAAAAAAAAAAAAAAAAAAAA'))
  expect(await rehearse([key1, foreign])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('another campaign'),
  })
  expect((await rehearse([key1, key2, key3])).stdout).toContain('opened with 1+2, 1+3, 2+3; all 2 of 3')
  await done(['campaign', 'begin', ...box])
  // a folder that holds one half never gets an empty other half, and the issuer begins only after a rehearsal of its own
  expect(await ita(['serve', '--data', issuerData, '--port', '0'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('holds the issuer only'),
  })
  const atIssuer = ['--data', issuerData, '--campaign', cid]
  expect(await ita(['campaign', 'begin', ...atIssuer])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('not rehearsed'),
  })
  await done(['campaign', 'rehearse', ...atIssuer, '--key', key1, '--key', key2, '--key', key3], PASSPHRASES)
  await done(['campaign', 'begin', ...atIssuer])
  const pdf = join(folder, 'slips.pdf')
  await done([
    ...['slips', '--data', issuerData, '--campaign', cid, '--lane', 'iit', '--count', '16'],
    ...['--origin', 'https://ita.example.go.th', '--out', pdf],
  ])

  // two processes, and nginx in front of them with the example's own lines
  const ports = [await freePort(), await freePort()] as const
  const issuer = await serve(issuerData, ports[0], ['--role', 'issuer', '--behind-proxy'])
  const boxServer = await serve(boxData, ports[1], ['--role', 'box', '--behind-proxy'])
  onTestFinished(async () => {
    await issuer.kill()
    await boxServer.kill()
  })
  const proxy = await runNginx(join(folder, 'nginx'), { issuer: `127.0.0.1:${ports[0]}`, box: `127.0.0.1:${ports[1]}` })
  expect(existsSync(join(issuerData, 'box.sqlite'))).toBe(false)
  expect(existsSync(join(boxData, 'issuer.sqlite'))).toBe(false)
  // each half refuses what is not its own
  expect((await fetch(`${issuer.url}/v2/box`, { method: 'POST' })).status).toBe(404)
  expect((await fetch(`${boxServer.url}/v2/issue`, { method: 'POST' })).status).toBe(404)

  const links = (await readPdf(readFileSync(pdf))).flatMap(({ codes }) => codes)
  const devices: Device[] = []
  // as many as may be shown, and not all alike
  for (const [seed, link] of links.slice(0, 10).entries()) {
    const slip = parseSlip(link.slice(link.indexOf('#')))
    if (!slip) throw new Error('not a slip')
    const device = deviceAt(proxy.url, proxy.certificate)
    await sealedOnDevice(device, slip, seed)
    expect(await flushOutbox(device)).toMatchObject({ kept: 1, trouble: null })
    devices.push(device)
  }

  // a tablet is set up, fetches its tickets and delivers through the same proxy: the issuer knows it, the box does not
  const invited = await done([
    ...['counter', 'enrol', ...atIssuer, '--point', 'เคาน์เตอร์ 1', '--quota', '5'],
    ...['--origin', 'https://ita.example.go.th'],
  ])
  const link = parseEnrolment(invited.slice(invited.indexOf('#'), invited.indexOf('\n')))
  if (!link) throw new Error('not a link for a tablet')
  const tabletDevice = deviceAt(proxy.url, proxy.certificate)
  const tablet = await enrolled(tabletDevice, link)
  expect(await refillWallet(tabletDevice, tablet)).toBe('full')
  expect(await sealNext(tabletDevice, tablet)).toBe('sealed')
  expect(await flushOutbox(tabletDevice)).toMatchObject({ kept: 1, trouble: null })

  // what an auditor sees from outside, and what nginx wrote down of it all: nothing
  const audit = await ita(
    ['audit', '--data', boxData, '--url', proxy.url, '--logs', proxy.folder, '--logs', '/var/log'],
    {
      NODE_EXTRA_CA_CERTS: proxy.certificate,
    },
  )
  expect([audit.stderr, audit.stdout]).toEqual(['', expect.stringContaining('ไม่จริง 0 ข้อ')])

  // and what a holder sees from any machine, with the own file: phones are given the round whose key it is, and no other
  const trusting = { NODE_EXTRA_CA_CERTS: proxy.certificate }
  const compared = await ita(['audit', '--sheet', key2, '--url', proxy.url], trusting)
  expect([compared.code, compared.stdout]).toEqual([0, expect.stringContaining('ไม่จริง 0 ข้อ')])
  const swapped = join(folder, 'swapped.json')
  const other = toBase64Url((await makeBoxKeys()).publicKey)
  const own = JSON.parse(readFileSync(key2, 'utf8')) as object
  writeFileSync(swapped, JSON.stringify({ ...own, boxKey: other }))
  const caught = await ita(['audit', '--sheet', swapped, '--url', proxy.url], trusting)
  expect([caught.code, caught.stdout]).toEqual([1, expect.stringContaining('contradiction')])
  const logged = ['logs', 'tmp'].flatMap((name) =>
    readdirSync(join(proxy.folder, name), { recursive: true, encoding: 'utf8' })
      .map((file) => join(proxy.folder, name, file))
      .filter((file) => statSync(file).isFile() && statSync(file).size > 0),
  )
  expect(logged).toEqual([])

  // a sheet of paper instead of a key file, and only after closing
  const open = (...files: string[]) =>
    ita(
      [
        ...['open', ...box, '--issuer', issuer.url],
        ...files.flatMap((file) => ['--key', file]),
        ...['--out', join(folder, 'out')],
      ],
      PASSPHRASES,
    )
  expect(await open(key1, key3)).toMatchObject({ code: 1, stderr: expect.stringContaining('close it first') })
  expect(await ita(['close', ...box])).toMatchObject({ code: 1, stderr: expect.stringContaining('--why') })
  for (const data of [boxData, issuerData]) await done(['close', '--data', data, '--campaign', cid, '--why', 'a test'])
  const [sheet] = await readPdf(readFileSync(join(keys, 'key-2.pdf')))
  const fromPaper = join(folder, 'from-paper.json')
  writeFileSync(fromPaper, sheet?.codes[0] ?? '')
  expect(await open(key1)).toMatchObject({ code: 1, stderr: expect.stringContaining('not enough shares') })
  const opened = await open(fromPaper, key3)
  expect([opened.code, opened.stdout]).toEqual([0, expect.stringContaining('(10 คน)')])
  const published = await loadPublished(devices[0] as Device, cid)
  expect(published).toMatchObject({
    outcome: 'published',
    lanes: [
      { lane: 'iit', slips: { printed: 16, exchanged: 10 } },
      { lane: 'eit-public', slips: { toTablets: 5 }, receipts: [expect.any(String)] },
    ],
  })
  expect(published.outcome === 'published' && published.lanes[0]?.receipts).toHaveLength(10)
})
