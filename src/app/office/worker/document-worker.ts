/// <reference lib="webworker" />
import { makeDocument } from '#documents/make-document'
import { planCsv, planWorkbook } from '#documents/plan-workbook'
import type { DocumentNews, DocumentOrder } from '#documents/worker-messages'
import { writeDocx } from '#documents/write-docx'

declare const self: DedicatedWorkerGlobalScope

/** Writes a file of the plan beside the page: the libraries are large, and nobody needs them before. */
self.addEventListener('message', ({ data }: MessageEvent<DocumentOrder>) => {
  write(data).then(
    (file) => tell({ file }),
    (error: unknown) => tell({ failed: error instanceof Error ? error.message : String(error) }),
  )
})

async function write({ kind, input }: DocumentOrder): Promise<Blob | ArrayBuffer | string> {
  if (kind === 'xlsx') return planWorkbook(input)
  return kind === 'csv' ? planCsv(input) : writeDocx(makeDocument(kind, input))
}

function tell(news: DocumentNews): void {
  self.postMessage(news)
}
