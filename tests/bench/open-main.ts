import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchTerminalOpening } from './terminal-opening.ts'

/** `npm run bench:open`: boxes of the sizes of `ROWS_OF`. A million takes a quarter of an hour to seal before it is opened. */
const folder = mkdtempSync(join(tmpdir(), 'prongsai-open-'))
try {
  for (const count of (process.env.ROWS_OF ?? '10000,100000').split(',').map(Number))
    await benchTerminalOpening(folder, count)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
