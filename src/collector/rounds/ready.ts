import { ActRefused } from '../campaigns/act-refused.ts'
import type { Parts } from '../installation/data-folder.ts'
import { finishClosings } from './campaign-life.ts'

/**
 * Makes an installation ready to collect: finishes closings that were broken off, and looks at the keys of all that still runs.
 * Throws an ActRefused when a key is missing, wrong or readable by others.
 */
export async function readyToCollect(parts: Parts): Promise<void> {
  const { box } = parts
  if (!box) return
  const [open] = box.keys.readableByOthers()
  if (open !== undefined)
    throw new ActRefused(`${open} can be read by others; "chmod -R go= " its folder, and ask who has read it`)
  await finishClosings(parts, 'collector')
  await box.followOthers()
  for (const { cid } of await box.withIntake()) await box.checkKey(cid)
}
