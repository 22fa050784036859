import { describe, expect, it } from 'vitest'
import { newInstruments } from '#cli/installation/instruments-text'
import { importedInstruments, importInstruments } from '#collector/rounds/imported-instruments'
import type { YearDocument } from '#instruments/years'
import { canonicalJson } from '#protocol/json'
import { inventedDocument } from '#tests/support/invented-year.ts'
import { type Browser, createRound, planBody, testOffice } from '#tests/support/test-office.ts'

const document = inventedDocument()
const { id } = document.rules
/** The same id, another wording. */
const other: YearDocument = { ...document, source: { document: 'คู่มืออื่น', address: '', page: '', accessed: '' } }

const send = (browser: Browser, what: YearDocument) => browser.post('/instruments', { text: canonicalJson(what) })

async function team() {
  const office = await testOffice()
  return { office, first: await office.joined('admin', 'ผู้นำเข้า'), second: await office.joined('admin', 'ผู้ตรวจ') }
}

describe('imported instruments', () => {
  it('begin a round only after somebody else has confirmed them, and are served by their hashes', async () => {
    const { office, first, second } = await team()
    expect((await send(first, document)).statusCode).toBe(200)
    const [listed] = (await second.ask('/instruments')).json().instruments
    expect(listed).toMatchObject({ id, by: 'ผู้นำเข้า', confirmedBy: null, text: canonicalJson(document) })
    const round = async () => createRound(first, await planBody({ instruments: id }))
    expect((await round()).json().message).toBe('no-instruments')
    const confirm = (browser: Browser) => browser.post(`/instruments/${listed.hash}/confirm`)
    expect((await confirm(first)).json().message).toBe('instruments-need-second')
    expect((await confirm(second)).statusCode).toBe(200)
    expect((await confirm(second)).statusCode).toBe(200)
    const made = await round()
    expect(made.statusCode).toBe(200)
    const manifest = JSON.parse(made.json().round.manifest)
    expect(manifest.instruments).toEqual({ id, hash: listed.hash })
    for (const hash of [listed.hash, manifest.lanes.iit.form.hash, manifest.lanes['eit-public'].form.hash]) {
      const reply = await office.app.inject(`/v2/instruments/${hash}`)
      expect([reply.statusCode, reply.headers.etag]).toEqual([200, undefined])
    }
    expect((await office.app.inject(`/v2/instruments/${'A'.repeat(43)}`)).statusCode).toBe(404)
    const acts = (await office.stores.acts.all()).map(({ act }) => act.act)
    expect(acts.filter((act) => act === 'instruments-confirmed')).toHaveLength(1)
  })

  it('of one id are never two things: an id may be used again only while nobody has confirmed it', async () => {
    const { first, second } = await team()
    expect((await send(first, document)).statusCode).toBe(200)
    expect((await send(second, document)).json().instruments).toHaveLength(1)
    expect((await send(second, other)).json().message).toBe('instruments-id-taken')
    const { hash } = (await first.ask('/instruments')).json().instruments[0]
    expect((await second.post(`/instruments/${hash}/withdraw`)).json().instruments).toEqual([])
    const [again] = (await send(first, other)).json().instruments
    expect(again.hash).not.toBe(hash)
    await second.post(`/instruments/${again.hash}/confirm`)
    await second.post(`/instruments/${again.hash}/withdraw`)
    expect((await second.post(`/instruments/${again.hash}/confirm`)).json().message).toBe('instruments-unknown')
    expect((await send(first, document)).json().message).toBe('instruments-id-taken')
    expect((await send(first, other)).statusCode).toBe(200)
  })

  it('of one id, sent by two at once, are one: the other is refused', async () => {
    const { office } = await team()
    const [one, two] = await Promise.all([newInstruments(document), newInstruments(other)])
    const outcomes = await Promise.allSettled([
      importInstruments(office.stores, one, 'ก'),
      importInstruments(office.stores, two, 'ข'),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await importedInstruments(office.stores)).toHaveLength(1)
  })

  it('that were altered in the database after somebody confirmed them begin no round', async () => {
    const { office, first, second } = await team()
    await send(first, document)
    const [listed] = (await second.ask('/instruments')).json().instruments
    await second.post(`/instruments/${listed.hash}/confirm`)
    const altered = canonicalJson({ ...document, rules: { ...document.rules, weights: { iit: 90, eit: 5, oit: 5 } } })
    office.stores.box.instruments.read = async () => altered
    expect((await first.ask('/instruments')).json().instruments[0].text).toBe('')
    expect((await createRound(first, await planBody({ instruments: id }))).statusCode).not.toBe(200)
  })

  it('that would not pass the checks are refused, whatever the browser says of them', async () => {
    const { first } = await team()
    const { rules } = document
    for (const wrong of [
      { ...document, rules: { ...rules, weights: { iit: 30.5, eit: 29.5, oit: 40 } } },
      { ...document, rules: { ...rules, id: '2566' } },
      { ...document, extra: true },
      { ...document, forms: document.forms.slice(1) },
      { ...document, source: undefined },
    ])
      expect((await send(first, wrong as YearDocument)).json().message).toBe('instruments-wrong')
    expect((await first.post('/instruments', { text: ` ${canonicalJson(document)}` })).json().message).toBe(
      'instruments-wrong',
    )
  })
})
