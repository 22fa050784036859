import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { OfficeStore } from '#collector/office/office-store'
import { newMeasure, newStep, planOf } from '#measures/plan'
import { PlanDesk } from '#measures/plan-desk'
import { LONGEST_PROSE, type Measure, type MeasureRow, type Step } from '#protocol/measures'
import { tempFolder } from '#tests/support/temp-folder.ts'

const CID = 'AAAAAAAAAAAAAAAAAAAAAA'
const DAYS = { from: '2023-10-01', to: '2024-09-30' }
const measure = (text: string): Measure => ({ ...newMeasure('budget', 1, DAYS), text })
const step = (text: string): Step => newStep('m1', 1, text)

/** The team's real store, and screens of people who work on one plan. */
async function team() {
  const store = await OfficeStore.open(join(await tempFolder(), 'office.sqlite'))
  onTestFinished(() => store.end())
  let clock = Date.parse('2026-11-27T02:00:00Z')
  const net = { broken: null as string | null }
  const screen = (by: string, device: { text: string | null } = { text: null }) =>
    new PlanDesk({
      load: async (seq) => (net.broken ? { refused: net.broken } : { value: await store.measures.after(CID, seq) }),
      save: async (change) => {
        if (net.broken) return { refused: net.broken }
        const row = await store.measures.save(CID, change, { by, now: clock })
        return typeof row === 'string' ? { refused: row } : { value: { row } }
      },
      unsent: {
        read: () => device.text,
        write: (text) => {
          device.text = text
        },
      },
      now: () => clock,
    })
  const pass = (ms: number) => {
    clock += ms
  }
  return { store, net, screen, pass }
}

const textOf = (desk: PlanDesk, id: string) => {
  const content = desk.state().rows.get(id)?.content
  return content && 'text' in content ? content.text : undefined
}

describe('an action plan on several screens', () => {
  it('two people in two fields of one row lose nothing, and see each other', async () => {
    const { screen } = await team()
    const [one, other] = [screen('สมชาย'), screen('สมหญิง')]
    await one.sync()
    one.change('m1', measure('ประชุมชี้แจง'))
    await one.sync()
    await other.sync()
    one.change('m1', { ...measure('ประชุมชี้แจงทุกไตรมาส'), units: ['กองคลัง'] })
    other.change('m1', { ...measure('ประชุมชี้แจง'), monitoring: 'รายงานที่ประชุมกรม', units: ['กองพัสดุ'] })
    await Promise.all([one.sync(), other.sync()])
    await one.sync()
    await other.sync()
    const [mine, theirs] = [one, other].map((desk) => desk.state().rows.get('m1')?.content)
    expect(mine).toEqual(theirs)
    expect(mine).toMatchObject({ text: 'ประชุมชี้แจงทุกไตรมาส', monitoring: 'รายงานที่ประชุมกรม' })
    expect([...((mine as Measure).units as string[])].sort()).toEqual(['กองคลัง', 'กองพัสดุ'])
    expect(other.state().others.map(({ by }) => by)).toContain('สมชาย')
  })

  it('two people in one field: one’s own stays and the other’s is shown beside it, until one of them is chosen', async () => {
    const { screen } = await team()
    const [one, other] = [screen('สมชาย'), screen('สมหญิง')]
    one.change('s1', step('ร่าง'))
    await one.sync()
    await other.sync()
    one.change('s1', step('เวียนคู่มือ'))
    other.change('s1', step('จัดทำคู่มือ'))
    await one.sync()
    await other.sync()
    expect(textOf(other, 's1')).toBe('จัดทำคู่มือ')
    expect(other.state().rows.get('s1')?.conflicts).toEqual({ text: { by: 'สมชาย', theirs: 'เวียนคู่มือ' } })
    await one.sync()
    expect(textOf(one, 's1')).toBe('จัดทำคู่มือ')
    expect(one.state().others[0]).toMatchObject({ by: 'สมหญิง' })
    other.settle('s1', 'text', 'theirs')
    await other.sync()
    await one.sync()
    expect([one, other].map((desk) => textOf(desk, 's1'))).toEqual(['เวียนคู่มือ', 'เวียนคู่มือ'])
    expect(other.state().rows.get('s1')?.conflicts).toEqual({})
  })

  it('what is typed while the session is over, or the network gone, waits on the device through a reload', async () => {
    const { screen, net } = await team()
    const device = { text: null as string | null }
    const before = screen('สมชาย', device)
    await before.sync()
    net.broken = 'not-signed-in'
    before.change('m1', measure('พิมพ์ค้างไว้'))
    await before.sync()
    expect(before.state().refused).toBe('not-signed-in')
    const after = screen('สมชาย', device)
    expect(textOf(after, 'm1')).toBe('พิมพ์ค้างไว้')
    net.broken = null
    await after.sync()
    expect(device.text).toBeNull()
    const other = screen('สมหญิง')
    await other.sync()
    expect(textOf(other, 'm1')).toBe('พิมพ์ค้างไว้')
  })

  it('what waits was typed over an older version: it is put together with what others saved meanwhile', async () => {
    const { screen, net } = await team()
    const device = { text: null as string | null }
    const mine = screen('สมชาย', device)
    mine.change('m1', measure('เดิม'))
    await mine.sync()
    net.broken = 'unreachable'
    mine.change('m1', { ...measure('เดิม'), proof: 'รูปถ่าย' })
    await mine.sync()
    net.broken = null
    const other = screen('สมหญิง')
    await other.sync()
    other.change('m1', measure('ใหม่'))
    await other.sync()
    const again = screen('สมชาย', device)
    await again.sync()
    expect(again.state().rows.get('m1')?.content).toMatchObject({ text: 'ใหม่', proof: 'รูปถ่าย' })
  })

  it('a text that is too long stays on the screen and the device, is not sent, and says so', async () => {
    const { screen, store } = await team()
    const device = { text: null as string | null }
    const desk = screen('สมชาย', device)
    const long = 'ก'.repeat(20_000)
    desk.change('m1', measure(long))
    await desk.sync()
    expect(desk.state().rows.get('m1')).toMatchObject({ fault: 'not-valid', isOwn: true })
    expect((await store.measures.after(CID, 0)).rows).toEqual([])
    expect(device.text).toContain(long)
    desk.change('m1', measure('ก'.repeat(LONGEST_PROSE)))
    await desk.sync()
    expect(desk.state().rows.get('m1')).toMatchObject({ fault: null, isOwn: false })
  })

  it('undo takes back one’s changes one by one, a new row too, and the history keeps what was there', async () => {
    const { screen, store, pass } = await team()
    const desk = screen('สมชาย')
    await desk.sync()
    for (const text of ['หนึ่ง', 'สอง', 'สาม']) {
      desk.change('m1', measure(text))
      await desk.sync()
      pass(200_000)
    }
    const seen: (string | null | undefined)[] = []
    for (let back = 0; back < 3; back += 1) {
      desk.undo()
      await desk.sync()
      seen.push(textOf(desk, 'm1'))
      pass(200_000)
    }
    expect(seen.slice(0, 2)).toEqual(['สอง', 'หนึ่ง'])
    expect(desk.state()).toMatchObject({ canUndo: false })
    expect(planOf(desk.state().rows.values()).measures).toEqual([])
    const texts = (await store.measures.history(CID)).map(({ content, removed }) => [
      (content as Measure).text,
      removed,
    ])
    expect(texts).toHaveLength(6)
    expect(texts[5]).toEqual(['หนึ่ง', false])
    expect(texts[0]?.[1]).toBe(true)
  })

  it('typing on in one row is one line of its history', async () => {
    const { screen, store, pass } = await team()
    const desk = screen('สมชาย')
    for (const text of ['ก', 'กา', 'การ', 'การประชุม']) {
      desk.change('m1', measure(text))
      await desk.sync()
      pass(5000)
    }
    expect((await store.measures.history(CID)).map(({ content }) => (content as Measure).text)).toEqual(['การประชุม'])
  })

  it('a row that one takes away while another writes in it stays', async () => {
    const { screen } = await team()
    const [one, other] = [screen('สมชาย'), screen('สมหญิง')]
    one.change('m1', measure('เดิม'))
    await one.sync()
    await other.sync()
    other.change('m1', measure('เขียนต่อ'))
    await other.sync()
    one.change('m1', measure('เดิม'), true)
    await one.sync()
    expect(one.state().rows.get('m1')).toMatchObject({ removed: false, content: { text: 'เขียนต่อ' } })
  })

  it('a plan of somebody who tries to fill the disk ends at its bound', { timeout: 60_000 }, async () => {
    const { store } = await team()
    const put = (id: string): Promise<MeasureRow | string> =>
      store.measures.save(CID, { id, version: 0, removed: false, content: measure('x') }, { by: 'x', now: 0 })
    for (let row = 0; row < 2000; row += 1) await put(`r${row}`)
    expect(await put('one-more')).toBe('rows-full')
  })
})
