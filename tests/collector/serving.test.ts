import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { buildCollector } from '#collector/http/collector'
import { openStores } from '#collector/installation/data-folder'
import { tempFolder } from '#tests/support/temp-folder.ts'

async function serving() {
  const folder = tempFolder()
  const appFolder = join(folder, 'app')
  mkdirSync(join(appFolder, 'assets'), { recursive: true })
  writeFileSync(join(appFolder, 'index.html'), '<!doctype html>')
  writeFileSync(join(appFolder, 'sw.js'), '1')
  writeFileSync(join(appFolder, 'assets', 'index-abc.js'), '1')
  const stores = await openStores(join(folder, 'data'))
  const app = await buildCollector({ ...stores, appFolder })
  onTestFinished(async () => {
    await app.close()
    await stores.end()
  })
  return app
}

it('serves the worker fresh, the page for seconds, hashed files for ever, and nothing else as the page', async () => {
  const app = await serving()
  const cacheOf = async (url: string) => (await app.inject(url)).headers['cache-control']
  // long enough for the page that takes a slip in to find the one in its place
  expect(await cacheOf('/')).toBe('private, max-age=10')
  expect(await cacheOf('/?openExternalBrowser=1')).toBe('private, max-age=10')
  expect(await cacheOf('/sw.js')).toBe('no-cache')
  expect(await cacheOf('/assets/index-abc.js')).toContain('immutable')
  for (const missing of ['/assets/index-old.js', '/missing.js', '/anything', '/v2/nothing', '/../package.json']) {
    const reply = await app.inject(missing)
    expect([missing, reply.statusCode]).toEqual([missing, 404])
    expect(reply.body).not.toContain('<!doctype')
  }
})

it('sends the strict headers with everything', async () => {
  const app = await serving()
  for (const url of ['/', '/sw.js', '/v2/health', '/nowhere']) {
    const { headers } = await app.inject(url)
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'")
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['cross-origin-opener-policy']).toBe('same-origin')
    expect(headers['permissions-policy']).toContain('geolocation=()')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['set-cookie']).toBeUndefined()
  }
})

it('says that it is well', async () => {
  const app = await serving()
  expect((await app.inject('/v2/health')).json()).toEqual({ v: 2, ok: true })
})
