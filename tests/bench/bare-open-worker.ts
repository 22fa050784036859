/// <reference lib="webworker" />
import { type BareWork, openBare } from './bare-open.ts'

declare const self: DedicatedWorkerGlobalScope

self.addEventListener('message', ({ data }: MessageEvent<BareWork>) => {
  void openBare(data).then((opened) => self.postMessage(opened))
})
