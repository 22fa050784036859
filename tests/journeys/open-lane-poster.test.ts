import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { untilReady } from '#tests/support/answering.ts'
import { ita } from '#tests/support/ita.ts'
import { Phone } from '#tests/support/phone.ts'
import { readPdf } from '#tests/support/read-pdf.ts'
import { type Round, startRound } from '#tests/support/round.ts'
import { toReview } from '#tests/support/visitor.ts'

/** Runs a command on the round's campaign. */
function onRound({ data, demo }: Round, command: readonly string[], ...options: string[]) {
  return ita([...command, '--data', data, '--campaign', demo.cid, ...options])
}

it('a visitor scans the printed poster and answers; it counts apart, says so first, and is switched off and on', async () => {
  const round = await startRound()
  const pdf = join(round.folder, 'poster.pdf')
  const printed = await onRound(round, ['poster'], '--open-lane', '--origin', round.url, '--out', pdf)
  expect(printed).toMatchObject({ code: 0 })
  const [page, ...more] = await readPdf(readFileSync(pdf))
  expect(more).toEqual([])
  expect(page?.text.replace(/\s+/g, '')).toContain(round.demo.checkNumber.replaceAll(' ', ''))
  const [link = '', ...others] = page?.codes ?? []
  expect(others).toEqual([])
  expect(link).toBe(`${round.url}/?openExternalBrowser=1#o.${round.demo.cid}.${round.demo.mh}`)

  const phone = await Phone.open(join(round.folder, 'profile'))
  await phone.page.goto(link)
  await untilReady(phone.page)
  expect(phone.page.url()).not.toContain('#')
  await phone.page.waitForSelector('[data-weaker=open]')
  await phone.inspect('welcome-poster-th')
  await toReview(phone, link)
  await phone.tap('#seal')
  await phone.page.waitForSelector('[data-delivery=delivered]')
  // another member of the family, on the same phone
  await phone.page.goto(link)
  await untilReady(phone.page)

  expect(await onRound(round, ['campaign', 'open-lane'], '--off')).toMatchObject({ code: 0 })
  const late = await Phone.open(join(round.folder, 'late'))
  await late.page.goto(link)
  await late.page.waitForSelector('[data-problem=open-off]')
  await late.inspect('problem-th-open-off')
  expect(await onRound(round, ['campaign', 'open-lane'], '--per-day', '1')).toMatchObject({ code: 0 })
  await late.page.goto('about:blank')
  await late.page.goto(link)
  await late.page.waitForSelector('[data-problem=open-full]')

  const { stdout } = await ita(['campaign', 'list', '--data', round.data])
  expect(stdout).toContain('eit-open    1 a day, tickets given 0+; responses 0+')
  const slips = await onRound(
    round,
    ['slips'],
    '--lane',
    'eit-open',
    '--count',
    '1',
    '--origin',
    round.url,
    '--out',
    pdf,
  )
  expect(slips).toMatchObject({ code: 2, stderr: expect.stringContaining('Allowed choices are') })
  const key = round.demo.keys[0] ?? ''
  await round.stop()
  const results = join(round.folder, 'results')
  const opened = await ita(['close', '--data', round.data, '--campaign', round.demo.cid, '--why', 'test'])
  expect(opened).toMatchObject({ code: 0 })
  const open = ['open', '--data', round.data, '--campaign', round.demo.cid, '--key', key, '--out', results]
  const { stdout: scorecard } = await ita(open, { ITA_PASSPHRASE: 'demo' })
  expect(scorecard).toContain('แบบวัดจากโปสเตอร์ แสดงแยก')
  expect(readFileSync(join(results, 'responses.csv'), 'utf8').trim().split('\r\n')).toHaveLength(1)
  expect(readFileSync(join(results, 'responses-poster.csv'), 'utf8').trim().split('\r\n')).toHaveLength(2)
})
