import type { Lane } from '#protocol/lane'

/** Suffix of a campaign lane's own tables. Hex, because a campaign id must never reach SQL as anything else. */
export function tableSuffix(cid: Uint8Array, lane: Lane): `${string}_${string}` {
  return `${Buffer.from(cid).toString('hex')}_${lane.replaceAll('-', '_')}`
}
