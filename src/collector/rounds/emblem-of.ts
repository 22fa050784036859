import { fromBase64Url } from '#protocol/bytes'
import type { Manifest } from '#protocol/manifest'
import type { Parts } from '../installation/data-folder.ts'

/** The emblem that a manifest names, as PNG; undefined where it names none, or where it lies with the box, elsewhere. */
export async function emblemOf({ box }: Pick<Parts, 'box'>, { emblem }: Manifest): Promise<Buffer | undefined> {
  const hash = fromBase64Url(emblem, 32)
  return (hash && (await box?.emblems.read(hash))) ?? undefined
}
