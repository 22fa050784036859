import { documentOf } from '#instruments/years'
import { utf8 } from '#protocol/bytes'
import { canonicalJson } from '#protocol/json'
import { isDemonstration } from '#protocol/manifest'
import { BoxHash } from '#results/box-hash'
import { Opening } from '#results/opening'
import { sealedLine } from '#results/sealed-line'
import type { SealedSource } from '../files/sealed-source.ts'
import { Failure } from '../installation/failure.ts'
import { readPrivateKey } from '../keys/key-files.ts'
import { makeProgress } from '../terminal/progress.ts'
import { OpenThreads } from './open-threads.ts'

/**
 * Opens all responses of a source with the holders' key files. Throws a Failure when the keys do not open it, and when the
 * box is not the one that was closed.
 */
export async function openAll(source: SealedSource, keyFiles: readonly string[]): Promise<Opening> {
  const { manifest } = source.campaign
  const privateKey = await readPrivateKey(keyFiles, source.campaign)
  const opening = new Opening(source.campaign, await source.facts())
  const { id, hash: yearHash } = manifest.instruments
  const begin = { manifest: canonicalJson(manifest), document: documentOf(id, yearHash), key: privateKey }
  const progress = makeProgress('opening')
  const threads = new OpenThreads(begin, opening, (rows) => progress.step(rows))
  const hash = new BoxHash()
  try {
    for await (const sealed of source.responses(privateKey)) {
      const line = utf8(sealedLine(sealed))
      hash.add(line)
      await threads.add(line)
    }
    await threads.finish()
  } finally {
    await threads.end()
    progress.end()
  }
  refuseAltered(source, hash.digest())
  return opening
}

function refuseAltered({ boxHash, campaign }: SealedSource, found: string): void {
  if (boxHash === null && !isDemonstration(campaign.manifest))
    throw new Failure(
      'nothing says what this box was when it was closed: the act of closing is not in the log, or the list of receipts does not answer; nothing was written. Run "ita close" again, and compare the closing sheet',
    )
  if (boxHash !== null && found !== boxHash)
    throw new Failure(
      'this box is not the one that was closed: somebody changed it afterwards; nothing was written. Leave the machine as it is and compare the closing sheet',
    )
}
