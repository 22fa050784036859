import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { OfficeStore } from '#collector/office/office-store'
import { newMeasure, newStep } from '#measures/plan'
import { PlanDesk } from '#measures/plan-desk'
import type { Measure, Step } from '#protocol/measures'
import { tempFolder } from './temp-folder.ts'

/** The round that is planned. */
export const CID = 'AAAAAAAAAAAAAAAAAAAAAA'
const DAYS = { from: '2023-10-01', to: '2024-09-30' }
export const measure = (text: string): Measure => ({ ...newMeasure('budget', 1, DAYS), text })
export const step = (text: string): Step => newStep('m1', 1, text)

/** What a browser keeps, by row. */
export type Device = Map<string, string>

/** The team's real store, and screens of people who work on one plan. */
export async function team() {
  const store = await OfficeStore.open(join(tempFolder(), 'office.sqlite'))
  onTestFinished(() => store.end())
  let clock = Date.parse('2026-11-27T02:00:00Z')
  const net = { broken: null as string | null, refuses: '' }
  const screen = (by: string, device: Device = new Map()) =>
    new PlanDesk({
      load: async (seq) => (net.broken ? { refused: net.broken } : { value: await store.measures.after(CID, seq) }),
      save: async (change) => {
        if (net.broken) return { refused: net.broken }
        if (change.id === net.refuses) return { refused: 'rows-full' }
        const row = await store.measures.save(CID, change, { by, now: clock })
        return typeof row === 'string' ? { refused: row } : { value: { row } }
      },
      unsent: {
        read: () => [...device.values()],
        write: (row, text) => {
          if (text === null) device.delete(row)
          else device.set(row, text)
          return true
        },
      },
      now: () => clock,
    })
  const pass = (ms: number) => {
    clock += ms
  }
  return { store, net, screen, pass }
}

export const textOf = (desk: PlanDesk, id: string) => {
  const content = desk.state().rows.get(id)?.content
  return content && 'text' in content ? content.text : undefined
}
