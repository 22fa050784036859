import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { freePort } from './ita.ts'

/** A PostgreSQL of a test's own, on this machine only. */
export interface RunningPostgres {
  /** Everything the server writes: tables, log, write-ahead log. */
  readonly dataFolder: string
  readonly logFile: string
  /** Makes an empty database and a role that owns it and nothing else; answers its address. */
  database(name: string, options?: { readonly superuser?: boolean; readonly encoding?: string }): string
  /** Runs SQL as the administrator; answers rows as text, `|` between columns. */
  sql(text: string, database?: string): string
  /** Stops it as a power cut would, or in order. */
  stop(how?: 'immediate' | 'fast'): void
  start(): Promise<void>
  /** Stops it for good, and everything of it goes. */
  end(): void
}

/** PostgreSQL does not run as root: there it runs as the user that Debian makes for it. */
function owner(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** Starts PostgreSQL over a new cluster; `settings` are lines of its configuration. Whoever asked ends it. */
export async function runPostgres(settings: readonly string[] = []): Promise<RunningPostgres> {
  const bin = (program: string) => join(inject('postgres'), program)
  const as = owner()
  const folder = mkdtempSync(join(tmpdir(), 'prongsai-pg-'))
  chmodSync(folder, 0o755)
  const [dataFolder, logFile] = [join(folder, 'data'), join(folder, 'log')]
  mkdirSync(dataFolder, { mode: 0o700 })
  if (as.uid !== undefined && as.gid !== undefined)
    for (const path of [folder, dataFolder]) chownSync(path, as.uid, as.gid)
  const run = (program: string, args: readonly string[], options: { input?: string } = {}) =>
    execFileSync(bin(program), [...args], {
      ...as,
      ...options,
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
  run('initdb', ['-D', dataFolder, '-U', 'admin', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'])
  const port = await freePort()
  const options = [`port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, ...settings]
  const start = async () => {
    const args = ['-D', dataFolder, '-l', logFile, '-w', '-o', options.map((one) => `-c ${one}`).join(' '), 'start']
    await new Promise<void>((resolve, reject) => {
      const starting = spawn(bin('pg_ctl'), args, { ...as, cwd: folder, stdio: 'ignore' })
      starting.once('exit', (code) =>
        code === 0 ? resolve() : reject(new Error(`PostgreSQL did not start: ${logFile}`)),
      )
    })
  }
  const stop = (how: 'immediate' | 'fast' = 'immediate') => {
    try {
      run('pg_ctl', ['-D', dataFolder, '-m', how, '-w', 'stop'])
    } catch {
      // it is down already
    }
  }
  const sql = (text: string, database = 'postgres') =>
    run(
      'psql',
      ['-h', '127.0.0.1', '-p', String(port), '-U', 'admin', '-d', database, '-v', 'ON_ERROR_STOP=1', '-AtX', '-q'],
      {
        input: text,
      },
    ).trim()
  await start()
  return {
    dataFolder,
    logFile,
    database(name, { superuser = false, encoding = 'UTF8' } = {}) {
      sql(`CREATE ROLE ${name} LOGIN ${superuser ? 'SUPERUSER' : ''}`)
      sql(`CREATE DATABASE ${name} OWNER ${name} ENCODING '${encoding}' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'`)
      return `postgres://${name}@127.0.0.1:${port}/${name}`
    },
    sql,
    stop,
    start,
    end() {
      stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
