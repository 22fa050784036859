import { createHash } from 'node:crypto'
import { toBase64Url } from '#protocol/bytes'
import type { Lane } from '#protocol/lane'
import { lanesOf, type Manifest } from '#protocol/manifest'
import type { BoxStore } from './box-store.ts'

/** A campaign whose box is read. */
interface BoxOf {
  readonly cid: Uint8Array
  readonly manifest: Manifest
}

/** What is in a closed box: how many rows, and SHA-256 (hex) over all of their lines in the order of their keys. */
export interface BoxSum {
  readonly rows: number
  readonly hash: string
}

/** All rows of a box in the order of their keys, one JSON object a line; the last one says that this was all. */
export async function* sealedLines(box: BoxStore, { cid, manifest }: BoxOf): AsyncGenerator<string> {
  let rows = 0
  for (const lane of lanesOf(manifest)) {
    for await (const page of box.sealedPages(cid, lane)) {
      rows += page.length
      yield page.map((sealed) => lineOf(lane, sealed)).join('')
    }
  }
  // without this line the reader knows that the download broke off
  yield `${JSON.stringify({ end: rows })}\n`
}

function lineOf(lane: Lane, sealed: Uint8Array): string {
  return `${JSON.stringify({ lane, sealed: toBase64Url(sealed) })}\n`
}

/**
 * Counts and hashes a box: its rows' lines as they leave for an opening, without the last line. Whoever opens the box
 * computes the same from what they were sent.
 */
export async function sumOfBox(box: BoxStore, { cid, manifest }: BoxOf): Promise<BoxSum> {
  const hash = createHash('sha256')
  let rows = 0
  for (const lane of lanesOf(manifest)) {
    for await (const page of box.sealedPages(cid, lane)) {
      rows += page.length
      hash.update(page.map((sealed) => lineOf(lane, sealed)).join(''))
    }
  }
  return { rows, hash: hash.digest('hex') }
}
