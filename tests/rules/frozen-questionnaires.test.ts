import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** A published questionnaire never changes: a campaign's manifest carries its hash, and phones compare it. */
it.each([
  ['2566/iit', '3446e83e3566402b4c0904faa8ae11cd7fc8c17d8638f3fdf8d4e8534003ce92'],
  ['2566/eit', '5f94f2ecdbbcf7f7c26f3de079c47e4ae266739becc4171d4341704a7d408c13'],
  ['2566/oit', 'be6d90be8f77f4a0467fbfa1c66cf82724adc0f2530fda28fde6f78c41631e91'],
  ['2566/year', 'a79c03e2f1e5530f4ce7eb181c793720d48de8a7f109e72fab6256c2fa67633b'],
])('%s is frozen', (id, checksum) => {
  const bytes = readFileSync(new URL(`../../src/instruments/${id}.json`, import.meta.url))
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(checksum)
})
