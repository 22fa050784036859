import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { intakeKeysBeside } from '#collector/installation/data-folder'

/** A folder that goes with the test. A killed browser's last processes may still write into it for a moment. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'prongsai-'))
  onTestFinished(() => {
    // and the intake keys beside it, where it is a data folder
    for (const path of [folder, intakeKeysBeside(folder)])
      rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  })
  return folder
}
