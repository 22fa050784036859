import { fromBase64Url, sha256, toBase64Url, utf8 } from '#protocol/bytes'
import { canonicalJson, isRecord, parseJson } from '#protocol/json'
import type { Manifest } from '#protocol/manifest'
import type { RoundPlan } from '#protocol/round-plan'
import { areTheSame } from '#results/round-forms'

/** The round's id in what the collector committed to; '' where it says none. */
export function cidOf(commitment: string): string {
  const said = parseJson(utf8(commitment))
  return isRecord(said) && typeof said.cid === 'string' ? said.cid : ''
}

/** How a plan names an emblem (PNG, base64url): by its hash. */
export async function named(emblem: string): Promise<Pick<RoundPlan, 'emblem'>> {
  const png = fromBase64Url(emblem, Math.floor((emblem.length * 3) / 4))
  return png && png.length > 0 ? { emblem: toBase64Url(await sha256(png)) } : {}
}

/** Whether a round is the one that was planned here, and asks what this browser has. */
export async function isOurs(manifest: Manifest, plan: RoundPlan, boxKey: string): Promise<boolean> {
  return isAsPlanned(manifest, plan, boxKey) && (await areTheSame(manifest))
}

/** Whether a manifest says what this browser planned, and names the box key that it has just made. Its hashes are compared by `areTheSame`. */
function isAsPlanned(manifest: Manifest, plan: RoundPlan, boxKey: string): boolean {
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
