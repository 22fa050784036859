/// <reference lib="webworker" />
import { addYear } from '#instruments/years'
import { fromUtf8, utf8 } from '#protocol/bytes'
import { type Campaign, readCampaign } from '#protocol/manifest'
import { makeResponseOpener, type Opened, type SealedResponse } from '#results/open-responses'
import { packBatch } from '#results/packed'
import { readSealedLine } from '#results/sealed-line'
import type { OpenBegin, OpenedLines, OpenLines } from '#results/worker-messages'

declare const self: DedicatedWorkerGlobalScope

type OpenOne = (sealed: SealedResponse) => Promise<Opened>

let ready: Promise<{ readonly campaign: Campaign; readonly openOne: OpenOne }> | undefined

/** Opens lines of the box beside the page, so that the page can be used meanwhile. Nothing is stored here or anywhere. */
self.addEventListener('message', ({ data }: MessageEvent<OpenBegin | OpenLines>) => {
  if ('key' in data) ready = begin(data)
  else if (ready) void openOrTell(data, ready).then((news) => self.postMessage(news))
})

/** Whatever cannot be read is told: a promise that fails in silence would leave the page waiting for ever. */
async function openOrTell(work: OpenLines, parts: NonNullable<typeof ready>): Promise<OpenedLines> {
  try {
    return await openLines(work, await parts)
  } catch {
    return { id: work.id, rows: 0, batch: { lanes: [], spoiled: [] }, end: null, damaged: true }
  }
}

async function begin({ manifest, document, key }: OpenBegin) {
  const campaign = await readCampaign(utf8(manifest))
  if (!campaign) throw new Error('not a manifest')
  // whether it is the one that the manifest names, the opener compares
  addYear(document, campaign.manifest.instruments.hash)
  const openOne = await makeResponseOpener(campaign, key)
  key.fill(0)
  return { campaign, openOne }
}

async function openLines(
  { id, lines }: OpenLines,
  { campaign, openOne }: { readonly campaign: Campaign; readonly openOne: OpenOne },
): Promise<OpenedLines> {
  const opened: Opened[] = []
  let [rows, end, damaged] = [0, null as number | null, false]
  for (const line of fromUtf8(lines).split('\n')) {
    const read = line === '' ? null : readSealedLine(line)
    if (read === 'damaged') damaged = true
    else if (typeof read === 'number') end = read
    else if (read) {
      rows += 1
      opened.push(await openOne(read))
    }
  }
  return { id, rows, batch: packBatch(opened, campaign.manifest), end, damaged }
}
