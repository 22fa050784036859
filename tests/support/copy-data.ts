import { chmodSync, cpSync } from 'node:fs'
import { intakeKeysBeside } from '#collector/installation/data-folder'

/** Copies a data folder and the intake keys beside it. */
export function copyData(from: string, to: string): void {
  copyPrivately(from, to)
  copyPrivately(intakeKeysBeside(from), intakeKeysBeside(to))
}

/** Copies a folder for its owner only: a plain copy has the modes of the process that makes it. */
export function copyPrivately(from: string, to: string): void {
  cpSync(from, to, { recursive: true })
  chmodSync(to, 0o700)
}
