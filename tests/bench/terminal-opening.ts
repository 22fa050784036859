import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { concat, utf8 } from '#protocol/bytes'
import type { BareWork } from './bare-open.ts'
import { makeBox, PASSPHRASES } from './make-box.ts'

const ITA = join(import.meta.dirname, '../../src/cli/main.ts')

/** `ita open` beside bare HPKE opens of the same bytes in as many threads: time, and memory at its peak. */
export async function benchTerminalOpening(folder: string, count: number, distinct: number): Promise<void> {
  const data = join(folder, `terminal-${count}`)
  const { campaign, rows, privateKey, keys } = await makeBox(data, folder, count, distinct)
  const work = { key: privateKey, info: concat(utf8('ita-box-v2'), campaign.mh), aad: campaign.cid }
  // bare opens of some say how long all take
  const some = rows.slice(0, distinct)
  const bare = ((await openBareInThreads(work, some)) / some.length) * count
  const out = join(folder, `opened-${count}`)
  const args = ['open', '--data', data, '--campaign', campaign.manifest.cid, '--out', out]
  const { seconds, megabytes } = await watched([...args, ...keys.flatMap((file) => ['--key', file])])
  console.log(`opening ${count} responses (${distinct} different) with "ita open", ${availableParallelism()} threads`)
  console.log(`  bare HPKE opens       ${Math.round(count / bare)} a second`)
  console.log(`  ita open, whole run   ${Math.round(count / seconds)} a second, ${seconds.toFixed(1)} s`)
  console.log(`  ratio                 ${(bare / seconds).toFixed(2)}`)
  console.log(`  memory at its peak    ${megabytes} MB`)
  console.log(`  responses.csv         ${(statSync(join(out, 'responses.csv')).size / 1e6).toFixed(1)} MB`)
}

/** Seconds. */
async function openBareInThreads(work: Omit<BareWork, 'rows' | 'rowBytes'>, rows: readonly Uint8Array[]) {
  const threads = availableParallelism()
  const each = Math.ceil(rows.length / threads)
  const parts = Array.from(
    { length: threads },
    (_, at) => new Uint8Array(Buffer.concat(rows.slice(at * each, (at + 1) * each))),
  )
  const began = performance.now()
  await Promise.all(
    parts.map(async (part) => {
      const workerData = { ...work, rows: part, rowBytes: rows[0]?.length ?? 0 } satisfies BareWork
      await once(new Worker(new URL('./bare-open-thread.ts', import.meta.url), { workerData }), 'message')
    }),
  )
  return (performance.now() - began) / 1000
}

/** A process, its time and the most memory it had: all its threads. */
async function watched(args: readonly string[]): Promise<{ readonly seconds: number; readonly megabytes: number }> {
  const env = { ...process.env, ITA_PASSPHRASE_1: PASSPHRASES[0], ITA_PASSPHRASE_2: PASSPHRASES[1] }
  const began = performance.now()
  const child = spawn(process.execPath, [ITA, ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  let megabytes = 0
  const watching = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      megabytes = Math.max(megabytes, Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024))
    } catch {
      // it ended just now
    }
  }, 250)
  const [code] = (await once(child, 'exit')) as [number | null]
  clearInterval(watching)
  if (code !== 0) throw new Error(`ita open ended with ${code}`)
  return { seconds: (performance.now() - began) / 1000, megabytes }
}
