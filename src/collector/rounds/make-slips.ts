import { randomBytes, randomInt } from 'node:crypto'
import type { SlipKind } from '#protocol/acts'
import { type Code, codeHash, makeCode } from '#protocol/code'
import type { Lane } from '#protocol/lane'
import type { Manifest } from '#protocol/manifest'
import { shuffled } from '#protocol/shuffled'
import { CODE_LENGTH } from '#protocol/sizes'
import { ActRefused } from '../campaigns/act-refused.ts'
import type { StoredCampaign } from '../campaigns/campaign-register.ts'
import type { IssuerStore } from '../issuer/issuer-store.ts'
import { mostSpareSlips } from '../issuer/slip-batches.ts'

/** One printing. */
export interface Slips {
  readonly lane: Lane
  readonly kind: SlipKind
  readonly count: number
  /** Id of the unit whose envelope it is for; absent: everybody's. */
  readonly unit?: string
}

/**
 * Fresh codes of a printing, shuffled; the issuer keeps their hashes. From here on they exist on paper only.
 * Throws an ActRefused when this lane was printed before, or when there would be more slips than people.
 */
export async function makeSlips(
  issuer: IssuerStore,
  { cid, manifest, state }: StoredCampaign,
  { lane, kind, count, unit = '' }: Slips,
): Promise<Code[]> {
  const eligible = manifest.lanes[lane]?.eligible
  if (eligible === undefined)
    throw new ActRefused(`this campaign has no lane ${lane}; it has ${Object.keys(manifest.lanes).join(', ')}`)
  if (state !== 'draft' && state !== 'open')
    throw new ActRefused('slips of this campaign are exchanged no more; none were printed', 'slips-over')
  const people = unit === '' ? eligible : peopleOf(manifest, lane, unit)
  const limit = (count: number) => (kind === 'main' ? count : mostSpareSlips(count))
  const [most, mostInLane] = [limit(people), limit(eligible)]
  const codes = shuffled(
    Array.from({ length: count }, () => makeCode(lane, randomBytes(CODE_LENGTH - 1))),
    (bound) => randomInt(bound),
  )
  const hashes = await Promise.all(codes.map((code) => codeHash(cid, code)))
  const outcome = await issuer.slips.add(cid, lane, { kind, unit, most, mostInLane }, hashes)
  if (outcome === 'printed-already') {
    throw new ActRefused(
      `slips of ${lane} were printed already; void them with "ita slips --void", or print spare ones with --spare`,
      'slips-printed-already',
    )
  }
  if (outcome === 'too-many') {
    const who = kind === 'main' ? `${people} people` : `${most} spare slips (a tenth of the people, at least ten)`
    throw new ActRefused(
      `more than ${who}, those exchanged before included: somebody could answer twice; print fewer`,
      'too-many-slips',
    )
  }
  return codes
}

/** People of a unit, which only staff belong to. */
function peopleOf({ units = [] }: Manifest, lane: Lane, unit: string): number {
  const found = lane === 'iit' ? units.find(({ id }) => id === unit) : undefined
  if (!found) throw new ActRefused(`there is no unit ${unit} in ${lane}; the manifest names its units`, 'wrong-state')
  return found.eligible
}
