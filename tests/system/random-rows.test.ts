import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { writeResponses } from '#cli/files/csv-file'
import { PROJECT_FOLDER } from '#cli/installation/project-folder'
import { FORMS } from '#tests/support/forms.ts'
import { ita, serve } from '#tests/support/ita.ts'
import { randomResponses } from '#tests/support/random-answers.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const BUILT = join(PROJECT_FOLDER, 'dist', 'node', 'ita.js')

/** `npm run soak` does a thousand. */
const ROWS = Number(process.env.ROWS ?? 250)

it(`${ROWS} random rows come out as they went in, as a multiset`, { timeout: 600_000 }, async () => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9))
  console.log(`seed ${seed}; again with SEED=${seed} npx vitest run tests/system/random-rows.test.ts`)
  const folder = tempFolder()
  const [data, answers] = [join(folder, 'data'), join(folder, 'answers.csv')]
  writeResponses(answers, randomResponses(ROWS, seed), FORMS)
  const demo = JSON.parse((await ita(['demo', '--data', data])).stdout)
  const collector = await serve(data)
  onTestFinished(() => collector.kill())
  const replay = [
    'replay',
    '--url',
    collector.url,
    '--answers',
    answers,
    '--slips',
    join(data, 'demo', 'slips'),
    '--seed',
    String(seed),
  ]
  const replayed = await ita(replay)
  expect(replayed.stdout).toContain(`${ROWS} of ${ROWS} kept`)
  const open = ['open', '--data', data, '--campaign', demo.cid, '--key', demo.keys[0], '--out']
  expect((await ita([...open, join(folder, 'out')], { ITA_PASSPHRASE: 'demo' })).code).toBe(0)
  const rows = (file: string) => readFileSync(file, 'utf8').split('\r\n').sort()
  expect(rows(join(folder, 'out', 'responses.csv'))).toEqual(rows(answers))
  // the built program finds the threads that open by other names
  const env = { ...process.env, ITA_PASSPHRASE: 'demo' }
  const built = spawnSync(process.execPath, [BUILT, ...open, join(folder, 'built')], { encoding: 'utf8', env })
  expect({ status: built.status, stderr: built.stderr }).toEqual({ status: 0, stderr: '' })
  expect(rows(join(folder, 'built', 'responses.csv'))).toEqual(rows(answers))
})
