import type { DocumentNews, DocumentOrder } from '#documents/worker-messages'
import documentWorkerUrl from '../worker/document-worker.ts?worker&url'
import { startWorker } from '../worker/start-worker.ts'

/** Writes a file of the plan in a worker of its own; null when it failed there. */
export function writeDocument(order: DocumentOrder): Promise<Blob | ArrayBuffer | string | null> {
  return new Promise((resolve) => {
    const worker = startWorker(documentWorkerUrl)
    const end = (file: Blob | ArrayBuffer | string | null) => {
      worker.terminate()
      resolve(file)
    }
    worker.addEventListener('error', () => end(null))
    worker.addEventListener('message', ({ data }: MessageEvent<DocumentNews>) => end('file' in data ? data.file : null))
    worker.postMessage(order)
  })
}
