import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { APP_FOLDER, PROJECT_FOLDER } from '#cli/installation/project-folder'
import { tempFolder } from '#tests/support/temp-folder.ts'

it('the built program runs without the sources', () => {
  const program = join(PROJECT_FOLDER, 'dist', 'node', 'ita.js')
  const out = join(tempFolder(), 'fixture.csv')
  const { status, stderr } = spawnSync(process.execPath, [program, 'fixture', '2566', '--out', out], {
    encoding: 'utf8',
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(readFileSync(out, 'utf8').trim().split('\r\n')).toHaveLength(556)
})

it('no code of collector, terminal, opening or key holders reaches a phone', () => {
  const files = readdirSync(join(APP_FOLDER, 'assets')).filter((file) => file.endsWith('.js'))
  expect(files.length).toBeGreaterThan(3)
  const code = files.map((file) => readFileSync(join(APP_FOLDER, 'assets', file), 'utf8')).join('\n')
  for (const foreign of [
    'issuer.sqlite',
    'secure_delete',
    'fastify',
    'commander',
    // unlocking and joining shares; the witness page reads only which round a key sheet is of
    'wrong-passphrase',
    'share-altered',
    'scorecard',
    'ผ่านดีเยี่ยม',
    'privateDecrypt',
  ]) {
    expect([foreign, code.includes(foreign)]).toEqual([foreign, false])
  }
})

it('the worker stores every file of the app, so that nothing is fetched on the answering path', () => {
  const worker = readFileSync(join(APP_FOLDER, 'sw.js'), 'utf8')
  const files = readdirSync(join(APP_FOLDER, 'assets')).filter((file) => !/\.(br|gz)$/.test(file))
  for (const file of [...files.map((name) => `assets/${name}`), 'index.html', 'manifest.webmanifest'])
    expect(worker).toContain(file)
})
