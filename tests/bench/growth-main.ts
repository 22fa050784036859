import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchGrowth } from './growth.ts'

const folder = mkdtempSync(join(tmpdir(), 'prongsai-growth-'))
try {
  await benchGrowth(folder)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
