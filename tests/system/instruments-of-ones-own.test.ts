import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import readExcelFile from 'read-excel-file/node'
import { expect, it } from 'vitest'
import { instrumentsWorkbook } from '#authoring/files'
import { openStores } from '#collector/installation/data-folder'
import words from '#locales/th/authoring.json' with { type: 'json' }
import { slipLink } from '#protocol/slip-link'
import { asLibreOfficeReads } from '#tests/support/as-libreoffice-reads.ts'
import { HOLDER_PASSPHRASES, writeKeyFiles } from '#tests/support/closed-round.ts'
import { INVENTED, inventedDocument } from '#tests/support/invented-year.ts'
import { ita, serve } from '#tests/support/ita.ts'
import { makeRound } from '#tests/support/make-round.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const ORIGIN = 'http://127.0.0.1:9'

it('a workbook that somebody filled in is checked, imported, asked, opened and written like a year of the program', {
  timeout: 120_000,
}, async () => {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const file = join(folder, 'ของเรา.xlsx')
  writeFileSync(file, Buffer.from(await (await instrumentsWorkbook(inventedDocument(), words)).arrayBuffer()))
  await (await openStores(data)).end()

  // checked: what is meant is said, how made-up answers score is shown
  const checked = await ita(['instrument', 'check', file])
  expect([checked.code, checked.stderr]).toEqual([0, ''])
  expect(checked.stdout).toContain('I2 «พบเห็นไม่» ได้ 100 คะแนน')
  // by hand: (0 + 100) / 2 of the first indicator, 100 of the second
  expect(checked.stdout).toContain(`iit-${INVENTED}  ${words.golden['one-flipped']}: 75.00`)

  // nobody imports alone, and nothing that was not looked at
  const importing = (...more: string[]) => ita(['instrument', 'import', file, '--data', data, ...more])
  expect(await importing('--second', 'ผู้ตรวจ')).toMatchObject({ code: 1, stderr: expect.stringContaining('--confirm') })
  expect(await importing('--confirm', '--second', ' ')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('somebody else'),
  })
  expect(await importing('--confirm', '--second', 'ผู้ตรวจ')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(INVENTED),
  })
  expect((await ita(['instrument', 'list', '--data', data])).stdout).toContain('ผู้ตรวจ')
  const again = join(folder, 'again.json')
  expect((await ita(['instrument', 'export', '--data', data, '--id', INVENTED, '--out', again])).code).toBe(0)
  expect(JSON.parse(readFileSync(again, 'utf8'))).toEqual(inventedDocument())

  // asked and answered
  const stores = await openStores(data)
  const { campaign, slip, privateKey } = await makeRound(stores, {
    instruments: INVENTED,
    eligible: { iit: 20, 'eit-public': 10, 'eit-survey': 10 },
  })
  await stores.end()
  const slips = join(folder, 'slips')
  mkdirSync(slips)
  const counts = { iit: 20, 'eit-public': 10, 'eit-survey': 10 } as const
  for (const [lane, count] of Object.entries(counts))
    writeFileSync(
      join(slips, `${lane}.txt`),
      `${Array.from({ length: count }, (_, at) => slipLink(ORIGIN, slip(lane as keyof typeof counts, at))).join('\n')}\n`,
    )
  const answers = join(folder, 'answers.csv')
  const rows = [
    ...Array.from({ length: 20 }, (_, at) => (at < 10 ? 'iit,5,2,4,1,,' : 'iit,6,1,5,2,,')),
    ...Array.from({ length: 10 }, (_, at) => (at < 5 ? 'eit-public,,,,,3,6' : 'eit-public,,,,,4,1')),
    ...Array.from({ length: 10 }, (_, at) => (at < 6 ? 'eit-survey,,,,,1,1' : 'eit-survey,,,,,2,2')),
  ]
  writeFileSync(answers, `lane,I1,I2,I3,I4,E1,E2\n${rows.join('\n')}\n`)
  const collector = await serve(data)
  const replayed = await ita(['replay', '--url', collector.url, '--answers', answers, '--slips', slips])
  expect([replayed.code, replayed.stderr]).toEqual([0, ''])
  await collector.stop()

  // by hand. IIT: half have (80 + 80) / 2 and (75 + 0) / 2, half have all. Public: half (67 + 100) / 2, half (100 + 0) / 2.
  // Survey: six of ten nothing, four (33 + 20) / 2. EIT: three parts of 66.75 and one of 10.6
  const closed = await ita(['close', '--data', data, '--campaign', campaign.manifest.cid, '--why', 'test'])
  expect(closed.code).toBe(0)
  const keys = await writeKeyFiles(folder, campaign, privateKey)
  const oit = join(folder, 'oit.json')
  writeFileSync(oit, JSON.stringify({ O1: 100, O2: 0 }))
  const out = join(folder, 'out')
  const opened = await ita(
    [
      ...['open', '--data', data, '--campaign', campaign.manifest.cid, '--out', out, '--oit', oit],
      ...['--format', 'csv', '--format', 'xlsx', '--format', 'spss'],
      ...keys.slice(0, 2).flatMap((key) => ['--key', key]),
    ],
    { ITA_PASSPHRASE_1: HOLDER_PASSPHRASES[0], ITA_PASSPHRASE_2: HOLDER_PASSPHRASES[1] },
  )
  expect([opened.code, opened.stderr]).toEqual([0, ''])
  const scorecard = JSON.parse(readFileSync(join(out, 'scorecard.json'), 'utf8'))
  const { iit, eit, oit: disclosed } = scorecard.instruments
  expect([iit.score, eit.score, disclosed.score]).toEqual([79.38, 52.71, 50])
  // 0.3 × 79.375 + 0.3 × 52.7125 + 0.4 × 50
  expect([scorecard.total, scorecard.level]).toEqual([59.63, words.value.improve])
  expect(opened.stdout).toContain('ความเชื่อมั่น')
  const sheets = await readExcelFile(join(out, 'responses.xlsx'))
  const cells = sheets.flatMap(({ data }) => data.flat())
  expect(cells).toContain('ท่านพบเห็นการนำของราชการไปใช้ส่วนตัวเพียงใด')
  expect(cells).toContain('พบเห็นน้อยที่สุด')
  expect(readFileSync(join(out, 'responses.sps'), 'utf8')).toContain('พบเห็นน้อยที่สุด')
  // another program opens it, and finds the agency's own questions and the scores in it
  const read = asLibreOfficeReads(out, 'responses.xlsx')
  for (const text of ['ท่านพบเห็นการนำของราชการไปใช้ส่วนตัวเพียงใด', 'office:value="59.63"']) expect(read).toContain(text)
})
