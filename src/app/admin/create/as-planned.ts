import { canonicalJson } from '#protocol/json'
import type { Manifest } from '#protocol/manifest'
import type { RoundPlan } from '#protocol/round-plan'

/** Whether a manifest says what this browser planned, and names the box key that it has just made. Its hashes are compared by `areTheSame`. */
export function isAsPlanned(manifest: Manifest, plan: RoundPlan, boxKey: string): boolean {
  const { eligible, openPerDay, units, points, closesOn = plan.answerWindow.to, ...rest } = plan
  const planned = {
    ...rest,
    closesOn,
    boxKey,
    eligible: { ...eligible, ...(openPerDay === undefined ? {} : { 'eit-open': 0 }) },
    units: units?.map(({ name, eligible }, at) => ({ id: `u${at + 1}`, name, eligible })) ?? null,
    points: points?.map((name, at) => ({ id: `p${at + 1}`, name })) ?? null,
  }
  const { v: _v, cid: _cid, size: _size, lanes, instruments, ...said } = manifest
  const people = Object.fromEntries(Object.entries(lanes).map(([lane, entry]) => [lane, entry.eligible]))
  const found = {
    ...said,
    instruments: instruments.id,
    eligible: people,
    units: said.units ?? null,
    points: said.points ?? null,
  }
  return canonicalJson(planned) === canonicalJson(found)
}
