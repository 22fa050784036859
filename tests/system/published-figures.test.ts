import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import published from '#instruments/2566/published.json' with { type: 'json' }
import { ita, serve } from '#tests/support/ita.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const lines = (file: string) => readFileSync(file, 'utf8').replace(/^﻿/, '').trim().split('\r\n')

describe('the running system', () => {
  it('gives the published FY 2566 table, to the last digit, out of sealed responses', async () => {
    const folder = tempFolder()
    const [data, answers, oit] = [join(folder, 'data'), join(folder, 'answers.csv'), join(folder, 'oit.json')]
    const demo = JSON.parse((await ita(['demo', '--data', data])).stdout)
    expect((await ita(['fixture', '2566', '--out', answers, '--seed', '7'])).code).toBe(0)
    const items = Array.from({ length: 43 }, (_, index) => `O${index + 1}`)
    writeFileSync(
      oit,
      JSON.stringify(Object.fromEntries(items.map((id) => [id, published.oitZeroItems.includes(id) ? 0 : 100]))),
    )

    const collector = await serve(data)
    onTestFinished(() => collector.kill())
    const slips = join(data, 'demo', 'slips')
    const replayed = await ita([
      'replay',
      '--url',
      collector.url,
      '--answers',
      answers,
      '--slips',
      slips,
      '--concurrency',
      '8',
      '--seed',
      '7',
    ])
    expect(replayed.stdout).toContain('555 of 555 kept')
    expect(replayed.code).toBe(0)

    const open = (source: string[], out: string) =>
      ita(
        ['open', ...source, '--campaign', demo.cid, '--key', demo.keys[0], '--out', join(folder, out), '--oit', oit],
        { ITA_PASSPHRASE: 'demo' },
      )
    const opened = await open(['--data', data], 'from-folder')
    expect(opened).toMatchObject({ code: 0, stderr: '' })
    for (const figure of ['80.10', '79.26', '80.94', '85.00', '82.06', 'ต้องปรับปรุง', 'ไม่ใช่ผลการประเมินของ ป.ป.ช.']) {
      expect(opened.stdout).toContain(figure)
    }
    const card = JSON.parse(readFileSync(join(folder, 'from-folder', 'scorecard.json'), 'utf8'))
    const { iit, eit, oit: disclosure } = card.instruments
    expect([card.total, card.level, card.spoiled]).toEqual([82.06, 'ต้องปรับปรุง', []])
    expect([
      iit.score,
      iit.n,
      eit.parts.public.score,
      eit.parts.public.n,
      eit.parts.survey.score,
      eit.parts.survey.n,
    ]).toEqual([80.1, 109, 79.26, 404, 80.94, 42])
    expect({ ...iit.indicators, ...eit.indicators, ...disclosure.indicators }).toEqual(published.indicators)
    const itemScores = (part: { items: Record<string, { score: number }> }) =>
      Object.fromEntries(Object.entries(part.items).map(([id, { score }]) => [id, score]))
    expect(itemScores(iit)).toEqual(published.items.iit)
    expect(itemScores(eit.parts.public)).toEqual(published.items['eit-public'])
    expect(itemScores(eit.parts.survey)).toEqual(published.items['eit-survey'])

    const [into, out] = [lines(answers), lines(join(folder, 'from-folder', 'responses.csv'))]
    expect(out[0]).toBe(into[0])
    expect([...out].sort()).toEqual([...into].sort())
    expect(out).not.toEqual(into)

    // nobody else on the machine reads what was answered
    const mode = (file: string) => statSync(join(folder, 'from-folder', file)).mode & 0o777
    expect([mode('.'), ...readdirSync(join(folder, 'from-folder')).map(mode)].map((bits) => bits & 0o077)).toEqual(
      [0, ...readdirSync(join(folder, 'from-folder'))].map(() => 0),
    )

    const overHttp = await open(['--url', collector.url], 'over-http')
    expect(overHttp.code).toBe(0)
    expect(readFileSync(join(folder, 'over-http', 'scorecard.json'), 'utf8')).toBe(
      readFileSync(join(folder, 'from-folder', 'scorecard.json'), 'utf8'),
    )
    expect(await collector.stop()).toBe(0)
  })
})
