import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** A published questionnaire never changes: a campaign's manifest carries its hash, and phones compare it. */
it.each([
  ['2566/iit', '9cd27fddbea29257a6354b765b390e74e93e104e0fd1fb06fe167406734194a8'],
  ['2566/eit', '13eb9d580d9f66480a813d24ebe3ac983ac70779f060bcb15363f5f1fe43a3bd'],
  ['2566/oit', '1150ab7f61bec95abca0e83222a66496fbc88cdc6f445556e78b0d7833046caf'],
])('%s is frozen', (id, checksum) => {
  const bytes = readFileSync(new URL(`../../src/instruments/${id}.json`, import.meta.url))
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(checksum)
})
