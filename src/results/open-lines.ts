import { addYear } from '#instruments/years'
import { fromUtf8, utf8 } from '#protocol/bytes'
import { readCampaign } from '#protocol/manifest'
import { makeResponseOpener, type Opened, type SealedResponse } from './open-responses.ts'
import { packBatch } from './packed.ts'
import { readSealedLine } from './sealed-line.ts'
import type { OpenBegin, OpenedLines } from './worker-messages.ts'

/** Rows that are opened at a time: each is several steps of the engine's, which wait for each other otherwise. */
const AT_ONCE = 8

/** Opens whole lines of a box. Says what became of them, but for the number they were given. */
export type LinesOpener = (lines: Uint8Array) => Promise<Omit<OpenedLines, 'id'>>

/**
 * What a worker does, in the browser as in the terminal: it is told the campaign and the key once, and opens lines. The key is
 * wiped from the message. Throws when the manifest is none, the key is broken, or the document is not what the manifest names.
 */
export async function makeLinesOpener({ manifest, document, key }: OpenBegin): Promise<LinesOpener> {
  const campaign = await readCampaign(utf8(manifest))
  if (!campaign) throw new Error('not a manifest')
  // whether it is the one that the manifest names, the opener compares
  addYear(document, campaign.manifest.instruments.hash)
  const openOne = await makeResponseOpener(campaign, key)
  key.fill(0)
  return async (lines) => {
    const { sealed, end, damaged } = readLines(fromUtf8(lines))
    const opened: Opened[] = []
    for (let at = 0; at < sealed.length; at += AT_ONCE)
      opened.push(...(await Promise.all(sealed.slice(at, at + AT_ONCE).map(openOne))))
    return { rows: sealed.length, batch: packBatch(opened, campaign.manifest), end, damaged }
  }
}

function readLines(text: string) {
  const sealed: SealedResponse[] = []
  let [end, damaged] = [null as number | null, false]
  for (const line of text.split('\n')) {
    const read = line === '' ? null : readSealedLine(line)
    if (read === 'damaged') damaged = true
    else if (typeof read === 'number') end = read
    else if (read) sealed.push(read)
  }
  return { sealed, end, damaged }
}
