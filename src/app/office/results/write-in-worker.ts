import type { ExportNews, ExportOrder } from '#results/worker-messages'
import exportWorkerUrl from '../worker/export-worker.ts?worker&url'
import { startWorker } from '../worker/start-worker.ts'

interface WrittenFile {
  readonly name: string
  readonly parts: readonly (string | Blob)[]
}

let kept: Worker | undefined

/** Has the worker ready while there is a network: files are written without one, too. */
export function readyWriter(): Worker {
  kept ??= startWorker(exportWorkerUrl)
  return kept
}

/** Writes a file in a worker; null when it failed there. */
export function writeInWorker(
  order: ExportOrder,
  onRows: (written: { readonly rows: number; readonly of: number }) => void,
): Promise<WrittenFile | null> {
  return new Promise((resolve) => {
    const worker = readyWriter()
    const end = (file: WrittenFile | null) => {
      worker.removeEventListener('error', failed)
      worker.removeEventListener('message', told)
      resolve(file)
    }
    const failed = () => {
      // whatever it has become, the next file gets a new one
      worker.terminate()
      kept = undefined
      end(null)
    }
    const told = ({ data }: MessageEvent<ExportNews>) => {
      if ('failed' in data) end(null)
      else if ('name' in data) end(data)
      else onRows(data)
    }
    worker.addEventListener('error', failed)
    worker.addEventListener('message', told)
    worker.postMessage(order)
  })
}
