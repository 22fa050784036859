import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchBrowserOpening } from './browser-opening.ts'
import { benchDelivery } from './delivery.ts'
import { benchExchange } from './exchange.ts'
import { benchOpening } from './opening.ts'
import { benchPhone } from './phone.ts'

/** `npm run bench`: rates and ratios measured in one run on this machine. A ratio carries from machine to machine, a rate does not. */
const folder = mkdtempSync(join(tmpdir(), 'prongsai-bench-'))
try {
  await benchExchange(folder)
  await benchDelivery(folder)
  await benchOpening()
  await benchPhone()
  await benchBrowserOpening(folder)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
