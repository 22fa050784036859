import type { DocumentNews, DocumentOrder } from '#documents/worker-messages'
import documentWorkerUrl from '../worker/document-worker.ts?worker&url'
import { startWorker } from '../worker/start-worker.ts'

/** Writes a document in a worker of its own; null when it failed there. */
export function writeDocument(order: DocumentOrder): Promise<ArrayBuffer | null> {
  return new Promise((resolve) => {
    const worker = startWorker(documentWorkerUrl)
    const end = (file: ArrayBuffer | null) => {
      worker.terminate()
      resolve(file)
    }
    worker.addEventListener('error', () => end(null))
    worker.addEventListener('message', ({ data }: MessageEvent<DocumentNews>) => end('file' in data ? data.file : null))
    worker.postMessage(order)
  })
}
