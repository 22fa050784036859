import type { BoxStore } from '#collector/box/box-store'
import type { Lane } from '#protocol/lane'

/** Names of all spent tickets of a lane, sorted. */
export async function spentOf(box: BoxStore, cid: Uint8Array, lane: Lane): Promise<Uint8Array[]> {
  const all: Uint8Array[] = []
  for await (const page of box.nullifierPages(cid, lane)) all.push(...page)
  return all
}
