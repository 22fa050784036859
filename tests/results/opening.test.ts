import { describe, expect, it } from 'vitest'
import { SeededRandom } from '#cli/demo/seeded-random'
import { concat, utf8 } from '#protocol/bytes'
import type { Lane } from '#protocol/lane'
import { encodePayload, type Payload } from '#protocol/payload'
import { pad, seal } from '#protocol/sealed-box'
import { nullifierOf } from '#protocol/ticket'
import { scoreOit } from '#results/oit'
import { makeResponseOpener } from '#results/open-responses'
import { fromCells, itemIds, tableColumns, toRow } from '#results/responses-csv'
import { ScorecardBuilder } from '#results/scorecard'
import { directTicket } from '#tests/support/direct-response.ts'
import { FORMS, formsOfLanes, questionnaire } from '#tests/support/forms.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { testCampaign } from '#tests/support/test-campaign.ts'

describe('opening', () => {
  it('counts what it cannot use, with a reason, and never stops at it', async () => {
    const { campaign, privateKey, stores } = await testCampaign()
    const openOne = await makeResponseOpener(campaign, await privateKey())
    const boxKey = new Uint8Array(Buffer.from(campaign.manifest.boxKey, 'base64url'))
    const sealText = async (padded: Uint8Array, lane: Lane = 'iit') => {
      const { enc, ct } = await seal(boxKey, campaign, padded)
      return openOne({ lane, sealed: concat(enc, ct) })
    }
    const keys = await stores.issuer.keys.of(campaign.cid, 'iit')
    if (!keys) throw new Error('no keys')
    const ticket = await directTicket('inner', campaign, 'iit', keys)
    const good: Payload = { v: 2, form: 'iit-2566', part: 'iit', answers: randomAnswers('iit-2566'), coarse: {} }
    const inside = (text: string) => concat(ticket.input, ticket.sig, pad(utf8(text), 1057))
    const sealed = (change: object, lane?: Lane) =>
      sealText(encodePayload({ ...good, ...change } as Payload, ticket, 1536), lane)
    expect(await sealed({})).toEqual({
      response: { lane: 'iit', answers: good.answers, coarse: {} },
      ticket: await nullifierOf(ticket.input),
    })
    expect(await sealed({ form: 'eit-2566' })).toEqual({ spoiled: 'wrong-form' })
    expect(await sealed({ form: 'iit-9999' })).toEqual({ spoiled: 'wrong-form' })
    expect(await sealed({ part: 'eit-public' })).toEqual({ spoiled: 'wrong-lane' })
    expect(await sealed({}, 'eit-public')).toEqual({ spoiled: 'no-inner-ticket' })
    expect(await sealed({ answers: {} })).toEqual({ spoiled: 'incomplete' })
    expect(await sealed({ answers: { ...good.answers, I1: 9 } })).toEqual({ spoiled: 'unknown-option' })
    expect(await sealed({ answers: { ...good.answers, X1: 1 } })).toEqual({ spoiled: 'unknown-item' })
    expect(await sealText(new Uint8Array(1536))).toEqual({ spoiled: 'bad-padding' })
    expect(await sealText(inside('nonsense'))).toEqual({ spoiled: 'not-json' })
    expect(await sealText(inside('{}'))).toEqual({ spoiled: 'wrong-shape' })
    for (const length of [0, 1, 65, 66, 1617, 5000]) {
      expect(await openOne({ lane: 'iit', sealed: new Uint8Array(length).fill(4) })).toEqual({
        spoiled: 'does-not-open',
      })
    }
  })
})

describe('a scorecard', () => {
  const forms = formsOfLanes('iit', 'eit-public', 'eit-survey')

  it('shows no total without all three instruments', () => {
    const builder = new ScorecardBuilder(forms)
    expect(builder.finish()).toEqual({
      total: null,
      level: null,
      levelConfirmed: false,
      instruments: {},
      withheld: [],
    })
    builder.add({ lane: 'iit', answers: randomAnswers('iit-2566') })
    expect(builder.finish().total).toBeNull()
    expect(builder.finish().instruments.iit?.n).toBe(1)
  })

  it('takes EIT Public and Survey half and half, never pooled', () => {
    const builder = new ScorecardBuilder(forms)
    const all = (level: number, yes: number) =>
      Object.fromEntries(
        questionnaire('eit-2566').items.map((item) => [
          item.id,
          item.scale === 'level' ? level : item.id === 'E4' ? 1 - yes : yes,
        ]),
      )
    for (let count = 0; count < 9; count += 1) builder.add({ lane: 'eit-public', answers: all(4, 1) })
    builder.add({ lane: 'eit-survey', answers: all(1, 0) })
    expect(builder.finish().instruments.eit).toMatchObject({ score: 50, n: 10, indicators: { 6: 50, 7: 50, 8: 50 } })
  })

  it('lets one part stand alone', () => {
    const builder = new ScorecardBuilder(forms)
    builder.add({ lane: 'eit-survey', answers: randomAnswers('eit-2566') })
    const eit = builder.finish().instruments.eit
    expect(Object.keys(eit?.parts ?? {})).toEqual(['survey'])
    expect(eit?.score).toBe(eit?.parts.survey?.score)
  })

  it('averages OIT groups, not items: (100 + 40) / 2 = 70', () => {
    const zero = ['O39', 'O42', 'O43']
    const answers = Object.fromEntries(
      questionnaire('oit-2566').items.map(({ id }) => [id, zero.includes(id) ? 0 : 100]),
    ) as Record<string, 0 | 100>
    expect(scoreOit(questionnaire('oit-2566'), answers).result).toMatchObject({
      score: 85,
      indicators: { 9: 100, 10: 70 },
      groups: { 'integrity-measures': 40 },
    })
    const { O1: _, ...short } = answers
    expect(() => scoreOit(questionnaire('oit-2566'), short)).toThrow('O1')
    expect(() => scoreOit(questionnaire('oit-2566'), { ...answers, O1: 50 as 0 })).toThrow('O1')
    expect(() => scoreOit(questionnaire('oit-2566'), { ...answers, O44: 100 })).toThrow('O44')
  })
})

describe('a table of responses', () => {
  it('comes back from its cells as it went in', () => {
    const random = new SeededRandom(3)
    for (const lane of ['iit', 'eit-public', 'eit-survey'] as const) {
      const response = { lane, answers: randomAnswers(lane === 'iit' ? 'iit-2566' : 'eit-2566', random) }
      const cells = Object.fromEntries(
        toRow(response, itemIds(FORMS)).map((cell, index) => [tableColumns(FORMS)[index] ?? '', String(cell ?? '')]),
      )
      expect(fromCells(cells, FORMS)).toEqual(response)
    }
  })

  it('names the column that is off', () => {
    const cells = Object.fromEntries(
      tableColumns(FORMS).map((column) => [column, column === 'lane' ? 'iit' : column.startsWith('I') ? '1' : '']),
    )
    expect(() => fromCells({ ...cells, lane: 'x' }, FORMS)).toThrow('"x"')
    expect(() => fromCells({ ...cells, I7: '' }, FORMS)).toThrow('I7')
    expect(() => fromCells({ ...cells, I4: '2' }, FORMS)).toThrow('I4')
    expect(() => fromCells({ ...cells, E3: '2' }, FORMS)).toThrow('E3')
    expect(() => fromCells({ ...cells, I1: '=1+1' }, FORMS)).toThrow('I1')
  })
})
