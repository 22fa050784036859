import { describe, expect, it } from 'vitest'
import { planOf } from '#measures/plan'
import { LONGEST_PROSE, type Measure, type MeasureRow } from '#protocol/measures'
import { CID, type Device, measure, team, textOf } from '#tests/support/plan-team.ts'

describe('an action plan on one screen', () => {
  it('what cannot be read on the device is left out, and what is older than this version is filled in', async () => {
    const { screen } = await team()
    const device: Device = new Map([
      ['x', '{"id":"x","removed":false,"content":{}}'],
      ['y', 'not json'],
      [
        's',
        JSON.stringify({ id: 's', removed: false, content: { kind: 'step', text: 'รออยู่', measure: 'm1', order: 1 } }),
      ],
    ])
    const desk = screen('สมชาย', device)
    await desk.sync()
    expect([...desk.state().rows.keys()]).toEqual(['s'])
    expect(desk.state().rows.get('s')).toMatchObject({ isOwn: false, content: { text: 'รออยู่', state: 'not-begun' } })
  })

  it('a row that is refused keeps no other row from being saved', async () => {
    const { screen, net } = await team()
    const desk = screen('สมชาย')
    await desk.sync()
    net.refuses = 'm1'
    desk.change('m1', measure('ไม่รับ'))
    desk.change('m2', measure('รับ'))
    await desk.sync()
    expect(desk.state().rows.get('m1')).toMatchObject({ isOwn: true, fault: 'refused' })
    expect(desk.state().rows.get('m2')).toMatchObject({ isOwn: false })
    desk.change('m1', measure('ไม่รับ'), true)
    await desk.sync()
    expect(desk.state().rows.has('m1')).toBe(false)
  })

  it('what was taken away stays in the history, however fast', async () => {
    const { screen, store, pass } = await team()
    const desk = screen('สมชาย')
    desk.change('m1', measure('ย่อหน้าที่เขียนมาทั้งชั่วโมง '.repeat(5)))
    await desk.sync()
    pass(1000)
    desk.change('m1', measure(''))
    await desk.sync()
    expect((await store.measures.history(CID)).map(({ content }) => (content as Measure).text.length > 100)).toEqual([
      false,
      true,
    ])
  })

  it('what is typed while the session is over, or the network gone, waits on the device through a reload', async () => {
    const { screen, net } = await team()
    const device: Device = new Map()
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
    expect(device.size).toBe(0)
    const other = screen('สมหญิง')
    await other.sync()
    expect(textOf(other, 'm1')).toBe('พิมพ์ค้างไว้')
  })

  it('what waits was typed over an older version: it is put together with what others saved meanwhile', async () => {
    const { screen, net } = await team()
    const device: Device = new Map()
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
    const device: Device = new Map()
    const desk = screen('สมชาย', device)
    const long = 'ก'.repeat(20_000)
    desk.change('m1', measure(long))
    await desk.sync()
    expect(desk.state().rows.get('m1')).toMatchObject({ fault: 'not-valid', isOwn: true })
    expect((await store.measures.after(CID, 0)).rows).toEqual([])
    expect([...device.values()].join()).toContain(long)
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

  it('a plan of somebody who tries to fill the disk ends at its bound', { timeout: 60_000 }, async () => {
    const { store } = await team()
    const put = (id: string): Promise<MeasureRow | string> =>
      store.measures.save(CID, { id, version: 0, removed: false, content: measure('x') }, { by: 'x', now: 0 })
    for (let row = 0; row < 2000; row += 1) await put(`r${row}`)
    expect(await put('one-more')).toBe('rows-full')
  })
})
