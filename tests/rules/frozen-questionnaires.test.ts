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

/** What people read and choose is the questionnaire, too: wording and options of a published year stay as they are; our help may get better. */
it.each([
  ['th/instruments/iit-2566', 'fcd22b4ce6887076f0baafd20a0f7ec0b2ff0fa2b106d2d12eb07e2dd3930baf'],
  ['th/instruments/eit-2566', '588f33e6178376de633bad3eccfd3bf8548db2eb17852321f056065f8f1368d7'],
  ['th/instruments/oit-2566', 'f762c58d65566a80808473bcae321a23646565d29451448c241bb3201fbc3a91'],
])('the wording of %s is frozen', (id, checksum) => {
  const words = JSON.parse(readFileSync(new URL(`../../locales/${id}.json`, import.meta.url), 'utf8'))
  const texts = Object.entries<{ text: string }>(words.item).map(([item, { text }]) => [item, text])
  const official = JSON.stringify([words.title, words.indicator, words.scale ?? null, words.note ?? null, texts])
  expect(createHash('sha256').update(official).digest('hex')).toBe(checksum)
})
