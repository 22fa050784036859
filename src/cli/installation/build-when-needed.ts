import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from './failure.ts'
import { APP_FOLDER, OFFICE_FOLDER, PROJECT_FOLDER } from './project-folder.ts'

const SOURCES = ['src', 'locales', 'public', 'index.html', 'vite.config.ts', 'package.json', 'package-lock.json']
const STAMP = join(PROJECT_FOLDER, 'dist', '.built-from')

/** Builds app and programs unless the build is of these very sources. Throws a Failure when the build fails. */
export function buildWhenNeeded(): void {
  if (isBuiltFromSources()) return
  // of the sources before the build: what is changed meanwhile is built the next time
  const fingerprint = fingerprintOf(SOURCES)
  process.stderr.write('building the app …\n')
  const vite = join(PROJECT_FOLDER, 'node_modules', 'vite', 'bin', 'vite.js')
  for (const mode of ['production', 'office', 'node']) {
    const { status } = spawnSync(process.execPath, [vite, 'build', '--mode', mode, '--logLevel', 'error'], {
      cwd: PROJECT_FOLDER,
      stdio: ['ignore', 2, 2],
      env: { ...process.env, NODE_ENV: 'production' },
    })
    if (status !== 0) throw new Failure('the build failed; run "npm ci" and try again')
  }
  writeFileSync(STAMP, fingerprint)
}

/** Whether app, room and programs are built from the very sources that are here; true where there are no sources. */
export function isBuiltFromSources(): boolean {
  if (!existsSync(join(PROJECT_FOLDER, 'vite.config.ts'))) return true
  return (
    [APP_FOLDER, OFFICE_FOLDER].every((folder) => existsSync(join(folder, 'index.html'))) &&
    existsSync(STAMP) &&
    readFileSync(STAMP, 'utf8') === fingerprintOf(SOURCES)
  )
}

function fingerprintOf(sources: readonly string[]): string {
  const digest = createHash('sha256')
  const visit = (path: string) => {
    const full = join(PROJECT_FOLDER, path)
    if (!existsSync(full)) return
    if (statSync(full).isDirectory()) for (const name of readdirSync(full).sort()) visit(join(path, name))
    else digest.update(path).update('\0').update(readFileSync(full)).update('\0')
  }
  for (const source of sources) visit(source)
  return digest.digest('hex')
}
