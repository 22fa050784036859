import { join } from 'node:path'
import { BoxStore } from '#collector/box/box-store'
import { FILES, intakeKeysBeside } from '#collector/installation/data-folder'

/** The box of a data folder, beside whatever else has it open. */
export function openBox(dataFolder: string): Promise<BoxStore> {
  return BoxStore.open(join(dataFolder, FILES.box), { keys: intakeKeysBeside(dataFolder) })
}
