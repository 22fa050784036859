/// <reference lib="webworker" />
import { randomBelow } from '#protocol/random-below'
import { exportName, writeExport } from '#results/exports/write-export'
import type { ExportNews, ExportOrder } from '#results/worker-messages'

declare const self: DedicatedWorkerGlobalScope

/** Writes a file beside the page, telling how far it is. */
self.addEventListener('message', ({ data }: MessageEvent<ExportOrder>) => {
  void write(data).catch((error: unknown) => tell({ failed: error instanceof Error ? error.message : String(error) }))
})

async function write({ kind, ...order }: ExportOrder): Promise<void> {
  const input = { ...order, randomBelow }
  const parts: (string | Blob)[] = []
  for await (const { part, rows, of } of writeExport(kind, input)) {
    if (part !== '') parts.push(part)
    tell({ rows, of })
  }
  tell({ name: exportName(input, kind), parts })
}

function tell(news: ExportNews): void {
  self.postMessage(news)
}
