import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchTerminalOpening } from './terminal-opening.ts'

/** `npm run bench:open`: boxes of the sizes of `ROWS_OF`, of at most `DISTINCT` different responses. */
const DISTINCT = Number(process.env.DISTINCT ?? 100_000)
const folder = mkdtempSync(join(tmpdir(), 'prongsai-open-'))
try {
  for (const count of (process.env.ROWS_OF ?? '10000,100000').split(',').map(Number))
    await benchTerminalOpening(folder, count, Math.min(count, DISTINCT))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
