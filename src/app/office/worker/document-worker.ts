/// <reference lib="webworker" />
import { makeDocument } from '#documents/make-document'
import type { DocumentNews, DocumentOrder } from '#documents/worker-messages'
import { writeDocx } from '#documents/write-docx'

declare const self: DedicatedWorkerGlobalScope

/** Writes a document beside the page: the library is large, and nobody needs it before. */
self.addEventListener('message', ({ data: { kind, input } }: MessageEvent<DocumentOrder>) => {
  writeDocx(makeDocument(kind, input)).then(
    (file) => tell({ file }),
    (error: unknown) => tell({ failed: error instanceof Error ? error.message : String(error) }),
  )
})

function tell(news: DocumentNews): void {
  self.postMessage(news)
}
