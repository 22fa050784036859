import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { buildCollector } from '#collector/http/collector'
import { openStores } from '#collector/installation/data-folder'
import { redeemSlip } from '#device/ticket'
import { toBase64Url } from '#protocol/bytes'
import { checkNumber } from '#protocol/check-number'
import { printedCode } from '#protocol/code'
import { readEvidence } from '#protocol/evidence'
import { parseSlip } from '#protocol/slip-link'
import { ita } from '#tests/support/ita.ts'
import { makeRound } from '#tests/support/make-round.ts'
import { readPdf } from '#tests/support/read-pdf.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'
import { testDevice } from '#tests/support/test-device.ts'

const ORIGIN = 'https://ita.example.go.th'
/** Slips beyond the people need a second administrator. */
const SPARE = ['--spare', '--second', 'มาลี']
/** `npm run soak` prints 600. */
const N = Number(process.env.SLIPS ?? 160)

async function draftForSlips() {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const stores = await openStores(data)
  // the lane's own slips are voided first: this test prints them through the terminal
  const { campaign } = await makeRound(stores, { eligible: { iit: N } })
  await stores.end()
  const cid = campaign.manifest.cid
  const slips = (...args: string[]) => ita(['slips', '--data', data, '--campaign', cid, '--lane', 'iit', ...args])
  expect((await slips('--void', '1')).code).toBe(0)
  return { folder, data, campaign, slips }
}

it(`${N} slips: every QR of the rendered pages decodes, every slip gives a ticket, and none gives two`, async () => {
  const { folder, data, campaign, slips } = await draftForSlips()
  const out = join(folder, 'slips.pdf')
  expect(await slips('--count', String(N), '--out', out, '--origin', ORIGIN)).toMatchObject({ code: 0 })
  const pages = await readPdf(readFileSync(out))
  expect(pages).toHaveLength(N / 8)
  const links = pages.flatMap(({ codes }) => codes)
  expect(new Set(links).size).toBe(N)
  for (const page of pages) {
    // what a person reads and types is what the QR says
    const printed = page.text.replace(/\s+/g, '')
    expect(printed).toContain((await checkNumber(campaign.mh)).replaceAll(' ', ''))
    for (const link of page.codes) {
      expect(link.startsWith(`${ORIGIN}/?openExternalBrowser=1#t.`)).toBe(true)
      const slip = parseSlip(link.slice(link.indexOf('#')))
      expect(printed).toContain(printedCode(slip?.code ?? '-').replaceAll(' ', ''))
    }
  }

  const stores = await openStores(data)
  const app = await buildCollector({ ...stores, appFolder: null })
  const drawn = new Set<string>()
  for (const link of links) {
    const slip = parseSlip(link.slice(link.indexOf('#')))
    if (!slip) throw new Error('not a slip')
    const redeemed = await redeemSlip(testDevice(app), slip)
    if (redeemed.outcome !== 'ready') throw new Error(JSON.stringify(redeemed))
    drawn.add(redeemed.ticket.input)
  }
  expect(drawn.size).toBe(N)
  const again = parseSlip(links[0]?.slice(links[0].indexOf('#')) ?? '')
  if (!again) throw new Error('not a slip')
  expect(await redeemSlip(testDevice(app), again)).toEqual({ outcome: 'refused', reason: 'code-used' })
  expect((await stores.issuer.slips.of(campaign.cid, 'iit')).at(-1)).toMatchObject({ printed: N, exchanged: N })
  await app.close()
  await stores.end()
})

it('slips are printed once; spare ones are counted; a void printing is worth nothing, but what was exchanged stays', async () => {
  const { folder, data, campaign, slips } = await draftForSlips()
  const print = (name: string, ...more: string[]) =>
    slips('--count', '16', '--out', join(folder, name), '--origin', ORIGIN, ...more)
  expect((await print('a.pdf')).code).toBe(0)
  expect(await print('b.pdf')).toMatchObject({ code: 1, stderr: expect.stringContaining('printed already') })
  expect(existsSync(join(folder, 'b.pdf'))).toBe(false)
  expect(await print('a.pdf', ...SPARE)).toMatchObject({ code: 1, stderr: expect.stringContaining('exists') })
  expect((await print('spare.pdf', ...SPARE)).code).toBe(0)
  const codes = (await readPdf(readFileSync(join(folder, 'a.pdf')))).flatMap((page) => page.codes)
  const [first, second] = codes.map((link) => parseSlip(link.slice(link.indexOf('#'))))
  if (!first || !second) throw new Error('no slips')

  const stores = await openStores(data)
  const app = await buildCollector({ ...stores, appFolder: null })
  const device = testDevice(app)
  expect((await redeemSlip(device, first)).outcome).toBe('ready')
  expect(await slips('--void', '2')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('of 16 slips those exchanged before'),
  })
  expect(await slips('--void', '2')).toMatchObject({ code: 1, stderr: expect.stringContaining('no printing 2') })
  expect(await redeemSlip(testDevice(app), second)).toEqual({ outcome: 'refused', reason: 'code-unknown' })
  expect((await redeemSlip(device, first)).outcome).toBe('ready')
  expect((await print('c.pdf')).code).toBe(0)
  expect(await slips('--count', String(N + 1), '--out', join(folder, 'd.pdf'), '--origin', ORIGIN)).toMatchObject({
    code: 1,
  })
  expect(
    (await stores.issuer.slips.of(campaign.cid, 'iit')).map(({ kind, printed, voided }) => [kind, printed, voided]),
  ).toEqual([
    ['main', N, true],
    ['main', 16, true],
    ['spare', 16, false],
    ['main', 16, false],
  ])
  await app.close()
  await stores.end()
})

it('never gives out more slips than there are people, however often they are voided and printed again', async () => {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const stores = await openStores(data)
  const { campaign, slip } = await makeRound(stores, { eligible: { iit: 12 } })
  const app = await buildCollector({ ...stores, appFolder: null })
  for (let index = 0; index < 9; index += 1)
    expect((await redeemSlip(testDevice(app), slip('iit', index))).outcome).toBe('ready')
  const slips = (...args: string[]) =>
    ita(['slips', '--data', data, '--campaign', campaign.manifest.cid, '--lane', 'iit', ...args])
  const print = (count: number, name: string, ...more: string[]) =>
    slips('--count', String(count), '--out', join(folder, name), '--origin', ORIGIN, ...more)
  expect((await slips('--void', '1')).code).toBe(0)
  // nine have their tickets: three slips are left to give
  expect(await print(12, 'a.pdf')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('somebody could answer twice'),
  })
  expect(existsSync(join(folder, 'a.pdf'))).toBe(false)
  expect((await print(3, 'a.pdf')).code).toBe(0)
  expect(await print(11, 'spare.pdf', ...SPARE)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('10 spare slips'),
  })
  expect((await print(10, 'spare.pdf', ...SPARE)).code).toBe(0)
  expect(await print(1, 'more.pdf', ...SPARE)).toMatchObject({ code: 1 })
  expect(await print(1, join('nowhere', 'x.pdf'))).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('cannot be written'),
  })
  await app.close()
  await stores.end()
})

it('the poster shows the check number, the facts and a QR that says the round, and no code at all', async () => {
  const { folder, data, campaign } = await draftForSlips()
  const out = join(folder, 'poster.pdf')
  const poster = await ita([
    'poster',
    '--data',
    data,
    '--campaign',
    campaign.manifest.cid,
    '--origin',
    ORIGIN,
    '--out',
    out,
  ])
  expect(poster.code).toBe(0)
  const [page, ...rest] = await readPdf(readFileSync(out))
  expect(rest).toEqual([])
  const [link = '', ...more] = page?.codes ?? []
  expect([readEvidence(link), more]).toEqual([
    { kind: 'poster', cid: campaign.manifest.cid, mh: toBase64Url(campaign.mh) },
    [],
  ])
  const text = page?.text.replace(/\s+/g, ' ') ?? ''
  for (const fact of [await checkNumber(campaign.mh), 'ita.example.go.th', `${N} คน`, '2 จาก 3'])
    expect(text).toContain(fact)
})
