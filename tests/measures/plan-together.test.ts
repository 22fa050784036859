import { describe, expect, it } from 'vitest'
import { NO_FRAME, planOf } from '#measures/plan'
import type { Measure } from '#protocol/measures'
import { type Device, measure, step, team, textOf } from '#tests/support/plan-team.ts'

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

  it('two people in one text: the first one’s stays saved, one’s own stays on the screen and the device, until one has decided', async () => {
    const { screen } = await team()
    const device: Device = new Map()
    const [one, other] = [screen('สมชาย'), screen('สมหญิง', device)]
    one.change('s1', step('ร่าง'))
    await one.sync()
    await other.sync()
    one.change('s1', step('เวียนคู่มือ'))
    other.change('s1', { ...step('จัดทำคู่มือ'), result: 'ทำแล้ว' })
    await one.sync()
    await other.sync()
    await one.sync()
    // what they did not both write is saved
    expect(one.state().rows.get('s1')?.content).toMatchObject({ text: 'เวียนคู่มือ', result: 'ทำแล้ว' })
    const again = screen('สมหญิง', device)
    await again.sync()
    for (const desk of [other, again]) {
      expect(textOf(desk, 's1')).toBe('จัดทำคู่มือ')
      expect(desk.state().rows.get('s1')?.conflicts).toEqual({ text: { by: 'สมชาย', theirs: 'เวียนคู่มือ' } })
    }
    again.settle('s1', 'text', 'own')
    await again.sync()
    await one.sync()
    expect(textOf(one, 's1')).toBe('จัดทำคู่มือ')
    expect(one.state().others[0]).toMatchObject({ by: 'สมหญิง' })
    expect(device.size).toBe(0)
  })

  it('the first words of two people in the one row of a round are both kept: nobody’s empty fields win', async () => {
    const { screen } = await team()
    const [one, other] = [screen('สมชาย'), screen('สมหญิง')]
    one.change('frame', { ...NO_FRAME, signatory: 'อธิบดี', limitsIit: 'ข้อจำกัด' })
    other.change('frame', { ...NO_FRAME, digits: 'thai', limitsEit: 'อีกข้อ' })
    await one.sync()
    await other.sync()
    await one.sync()
    expect(planOf(one.state().rows.values()).frame).toEqual({
      ...{ ...NO_FRAME, signatory: 'อธิบดี', digits: 'thai' },
      ...{ limitsIit: 'ข้อจำกัด', limitsEit: 'อีกข้อ' },
    })
  })

  it('undo takes back one’s own fields and nothing that another person wrote beside them', async () => {
    const { screen, pass } = await team()
    const [one, other] = [screen('สมชาย'), screen('สมหญิง')]
    one.change('m1', measure('เดิม'))
    await one.sync()
    await other.sync()
    pass(10_000)
    one.change('m1', measure('ใหม่'))
    await one.sync()
    await other.sync()
    other.change('m1', { ...measure('ใหม่'), proof: 'รูปถ่าย' })
    await other.sync()
    await one.sync()
    one.undo()
    await one.sync()
    await other.sync()
    expect(other.state().rows.get('m1')?.content).toMatchObject({ text: 'เดิม', proof: 'รูปถ่าย' })
  })

  it('lists of two people are put together by what their entries are about', async () => {
    const { screen } = await team()
    const [one, other] = [screen('สมชาย'), screen('สมหญิง')]
    const line = (id: string, title: string) => ({ id, title, address: '', checked: '' })
    const begun = {
      ...measure('x'),
      evidence: [line('a', 'เดิม'), line('b', 'เดิม')],
      targets: [{ item: 'I1', score: 80 }],
    }
    one.change('m1', begun)
    await one.sync()
    await other.sync()
    one.change('m1', { ...begun, evidence: [line('a', 'แก้'), line('b', 'เดิม')], targets: [{ item: 'I1', score: 88 }] })
    other.change('m1', { ...begun, evidence: [line('a', 'เดิม'), line('c', 'เพิ่ม')] })
    await one.sync()
    await other.sync()
    await one.sync()
    expect(one.state().rows.get('m1')?.content).toMatchObject({
      evidence: [line('a', 'แก้'), line('c', 'เพิ่ม')],
      targets: [{ item: 'I1', score: 88 }],
    })
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
})
