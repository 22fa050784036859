import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { buildCollector } from '#collector/http/collector'
import { openStores } from '#collector/installation/data-folder'
import { toBase64Url } from '#protocol/bytes'
import { deliverItems, directItem } from '#tests/support/direct-response.ts'
import { makeRound } from '#tests/support/make-round.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const SOURCES = new URL('../../src/collector/', import.meta.url).pathname

/** Every way in which bytes are usually written down. */
function spellings(bytes: Uint8Array): Buffer[] {
  const buffer = Buffer.from(bytes)
  const texts = [
    buffer.toString('hex'),
    buffer.toString('hex').toUpperCase(),
    buffer.toString('base64'),
    toBase64Url(bytes),
  ]
  return [buffer, Buffer.from(bytes).reverse(), ...texts.map((text) => Buffer.from(text.replace(/=+$/, '')))]
}

function filesHolding(folder: string, secrets: readonly Uint8Array[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file)
      return secrets.some((secret) => spellings(secret).some((spelling) => bytes.includes(spelling)))
    })
}

it('no file of a running installation holds the private key of the box', async () => {
  const folder = tempFolder()
  const stores = await openStores(folder)
  const round = await makeRound(stores, { eligible: { iit: 20 } })
  const app = await buildCollector({ ...stores, appFolder: null })
  const key = await stores.issuer.keys.of(round.campaign.cid, 'iit')
  if (!key) throw new Error('no key')
  const item = await directItem(round.campaign, 'iit', key, { I1: 1 })
  expect((await deliverItems(app, round.campaign, [item])).json().results[0].s).toBe('kept')
  const secrets = [round.privateKey]
  expect(filesHolding(folder, secrets)).toEqual([])

  // the search would find it, however it were written
  for (const [index, spelling] of spellings(round.privateKey).entries()) {
    const planted = join(folder, `planted-${index}`)
    writeFileSync(planted, Buffer.concat([Buffer.from('{"key":"'), spelling, Buffer.from('"}')]))
    expect(filesHolding(folder, secrets)).toContain(planted)
  }
  await app.close()
  await stores.end()
})

it('no source of the collector imports what an answer is, nor opens what is sealed', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  expect(files.length).toBeGreaterThan(20)
  const imports = files.flatMap((file) =>
    [...readFileSync(join(SOURCES, file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, name]) => [
      file,
      name,
    ]),
  )
  const rooms = imports.filter(([, name]) =>
    /^#(?!protocol\/)|\.\.\/(survey|results|questionnaires|device|cli|app)\//.test(name ?? ''),
  )
  expect(rooms).toEqual([])
  const opening = files.filter((file) =>
    /makeOpener|joinKey|unwrapShare|decodePayload|unpad/.test(readFileSync(join(SOURCES, file), 'utf8')),
  )
  expect(opening).toEqual([])
})

it('the import table forbids it to everyone who comes later', () => {
  const { forbidden } = JSON.parse(readFileSync(new URL('../../.dependency-cruiser.json', import.meta.url), 'utf8'))
  const rule = forbidden.find(({ name }: { name: string }) => name === 'the-collector-cannot-know-what-an-answer-is')
  expect(rule).toMatchObject({
    severity: 'error',
    from: { path: '^src/collector' },
    to: { pathNot: '^src/(collector|protocol)/' },
  })
})
