/// <reference lib="webworker" />
import { type LinesOpener, makeLinesOpener } from '#results/open-lines'
import type { OpenBegin, OpenedLines, OpenLines } from '#results/worker-messages'

declare const self: DedicatedWorkerGlobalScope

let ready: Promise<LinesOpener> | undefined

/** Opens lines of the box beside the page, so that the page can be used meanwhile. Nothing is stored here or anywhere. */
self.addEventListener('message', ({ data }: MessageEvent<OpenBegin | OpenLines>) => {
  if ('key' in data) ready = makeLinesOpener(data)
  else if (ready) void openOrTell(data, ready).then((news) => self.postMessage(news))
})

/** Whatever cannot be read is told: a promise that fails in silence would leave the page waiting for ever. */
async function openOrTell({ id, lines }: OpenLines, opener: Promise<LinesOpener>): Promise<OpenedLines> {
  try {
    const openLines = await opener
    return { id, ...(await openLines(lines)) }
  } catch {
    return { id, rows: 0, batch: { lanes: [], spoiled: [] }, end: null, damaged: true }
  }
}
