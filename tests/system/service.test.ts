import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { PROJECT_FOLDER } from '#cli/installation/project-folder'
import { freePort } from '#tests/support/ita.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const UNIT = new URL('../../src/collector/prongsai.service', import.meta.url)

/** The last value of a directive. */
function directive(name: string): string {
  const line = readFileSync(UNIT, 'utf8')
    .split('\n')
    .findLast((one) => one.startsWith(`${name}=`))
  return line?.slice(name.length + 1) ?? ''
}

it('the command of the example unit serves, answers its health address, and ends politely when it is told to', async () => {
  const [folder, port] = [tempFolder(), await freePort()]
  const here = (text: string) =>
    text
      .replaceAll('/opt/prongsai/node_modules/.bin/node', process.execPath)
      .replaceAll('/var/lib', folder)
      .replace('8080', String(port))
  const [program = '', ...args] = here(directive('ExecStart')).split(' ')
  for (const name of directive('StateDirectory').split(' ')) mkdirSync(join(folder, name), { mode: 0o700 })
  const named = here(directive('Environment')).split(' ')
  const env = { ...process.env, ...Object.fromEntries(named.map((one) => one.split('=') as [string, string])) }
  const child = spawn(program, args, { cwd: PROJECT_FOLDER, env, stdio: 'inherit' })
  onTestFinished(() => void child.kill('SIGKILL'))
  const health = () =>
    fetch(`http://127.0.0.1:${port}/v2/health`).then(
      ({ status }) => status,
      () => 0,
    )
  await expect.poll(health, { timeout: 60_000 }).toBe(200)
  const ended = once(child, 'exit')
  child.kill(directive('KillSignal') as NodeJS.Signals)
  expect(await ended).toEqual([0, null])
})
