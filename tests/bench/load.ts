import { Worker } from 'node:worker_threads'

/** What is asked, and what a good answer says of each thing that was asked for. */
export interface Load {
  readonly url: string
  readonly path: string
  readonly bodies: readonly string[]
  readonly connections: number
  /** Stands in the answers once for each good outcome. */
  readonly good: string
  /** Stands in the bodies once for each thing asked for; one a body where it is left out. */
  readonly asked?: string
}

/** Posts all bodies from a thread of its own; answers requests a second. Throws unless every outcome was good. */
export function load(work: Load): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./load-worker.ts', import.meta.url), { workerData: work })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}
