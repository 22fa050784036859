import { chmodSync, cpSync } from 'node:fs'
import { intakeKeysBeside } from '#collector/installation/data-folder'

/** Copies a data folder and the intake keys beside it. */
export function copyData(from: string, to: string): void {
  cpSync(from, to, { recursive: true })
  chmodSync(to, 0o700)
  cpSync(intakeKeysBeside(from), intakeKeysBeside(to), { recursive: true })
}
