import { describe, expect, it, onTestFinished } from 'vitest'
import { officeTools } from '#cli/installation/office-tools'
import { buildCollector } from '#collector/http/collector'
import { openStores } from '#collector/installation/data-folder'
import { dayFromNow } from '#tests/support/make-round.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'
import { createRound, planBody, testOffice } from '#tests/support/test-office.ts'

describe('rounds in the survey team’s room', () => {
  it('refuses a plan that promises what cannot be kept, and throws a broken-off draft away with its keys', async () => {
    const office = await testOffice()
    const admin = await office.joined('admin', 'ผู้ดูแล')
    const meeting = { from: dayFromNow(0), to: dayFromNow(5) }
    for (const [change, fault] of [
      [{ handout: 'named' }, 'named-windows-meet'],
      [{ k: { iit: 4, eit: 5 } }, 'k-too-small'],
      [{ eligible: { iit: 9 } }, 'lane-too-small'],
      [{ answerWindow: { from: meeting.to, to: meeting.from } }, 'answer-window-backwards'],
    ] as const) {
      const reply = await createRound(admin, await planBody(change))
      expect([reply.statusCode, reply.json().message]).toEqual([409, fault])
    }
    const { round } = (await createRound(admin, await planBody())).json()
    expect(round.unrehearsed).toEqual(['1+2', '1+3', '2+3'])
    expect((await admin.post(`/rounds/${round.cid}/begin`)).statusCode).toBe(409)
    expect((await admin.post(`/rounds/${round.cid}/discard`)).statusCode).toBe(200)
    expect((await admin.ask('/rounds')).json().rounds).toEqual([])
  })

  it('prints an envelope for each unit, or one for everybody, and never both', async () => {
    const office = await testOffice()
    const admin = await office.joined('admin', 'ผู้ดูแล')
    const units = [
      { name: 'กองหนึ่ง', eligible: 20 },
      { name: 'กองสอง', eligible: 12 },
    ]
    const { round } = (await createRound(admin, await planBody({ units }))).json()
    const print = async (count: number, unit: string) => {
      const reply = await admin.post(`/rounds/${round.cid}/slips`, { lane: 'iit', kind: 'main', count, unit })
      return reply.statusCode === 200 ? 200 : reply.json().message
    }
    expect(await print(21, 'u1')).toBe('too-many-slips')
    expect(await print(20, 'u1')).toBe(200)
    expect(await print(20, 'u1')).toBe('slips-printed-already')
    expect(await print(5, '')).toBe('slips-printed-already')
    expect(await print(12, 'u2')).toBe(200)
    expect(await print(1, 'u3')).toBe('wrong-state')
    const [seen] = (await admin.ask('/rounds')).json().rounds
    const staff = seen.lanes.find(({ lane }: { lane: string }) => lane === 'iit')
    expect(staff.printings).toMatchObject([
      { unit: 'u1', printed: 20, exchanged: 0 },
      { unit: 'u2', printed: 12 },
    ])
  })

  it('saves a paper only over the version that was read, so that nobody writes over a colleague', async () => {
    const office = await testOffice()
    const admin = await office.joined('admin', 'ผู้ดูแล')
    const { round } = (await createRound(admin, await planBody())).json()
    const path = `/rounds/${round.cid}/papers/oit`
    const save = (version: number, text: string) => admin.ask(path, { method: 'PUT', body: { version, text } })
    expect((await save(0, 'หนึ่ง')).json()).toMatchObject({ version: 1 })
    expect((await save(0, 'สอง')).json()).toMatchObject({ error: 'paper-changed' })
    expect((await save(1, 'สาม')).json()).toMatchObject({ version: 2 })
    expect((await admin.ask(path)).json()).toMatchObject({ version: 2, text: 'สาม' })
  })

  it('at a host name of its own is on no other one', async () => {
    const stores = await openStores(tempFolder())
    const app = await buildCollector({
      ...stores,
      appFolder: null,
      behindProxy: true,
      officeTools: officeTools({ origin: 'https://ita-admin.example.go.th' }),
    })
    onTestFinished(async () => {
      await app.close()
      await stores.end()
    })
    const at = (host: string) => app.inject({ url: '/v2/admin/session', headers: { host } })
    expect((await at('ita.example.go.th')).statusCode).toBe(404)
    expect((await at('ita-admin.example.go.th')).statusCode).toBe(401)
    // what anybody can write beside the host's name changes nothing
    const forged = { host: 'ita.example.go.th', 'x-forwarded-host': 'ita-admin.example.go.th' }
    expect((await app.inject({ url: '/v2/admin/session', headers: forged })).statusCode).toBe(404)
  })
})
