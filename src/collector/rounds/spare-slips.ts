import type { Act } from '#protocol/acts'
import type { Lane } from '#protocol/lane'
import type { SpareAsked } from '#protocol/office'
import { ActRefused } from '../campaigns/act-refused.ts'
import type { StoredCampaign } from '../campaigns/campaign-register.ts'
import type { Parts } from '../installation/data-folder.ts'

/** What one administrator asks for and another one prints. */
export interface SpareSlips {
  readonly lane: Lane
  readonly count: number
  /** Id of the unit; '' for everybody. */
  readonly unit: string
}

/** An ask that nobody answered by then is forgotten. */
const ASK_LIFE_MS = 24 * 3_600_000

/** Asks for spare slips. They are slips beyond the people, so one administrator alone never has them. */
export async function askSpareSlips(
  here: Pick<Parts, 'acts'>,
  { manifest }: StoredCampaign,
  { lane, count, unit }: SpareSlips,
  by: string,
): Promise<void> {
  const facts = { lane, count, unit }
  await here.acts.write({ by, act: 'spare-slips-asked', campaign: manifest.cid, facts })
}

/** Asks that wait for a second administrator. */
export async function spareSlipsAsked(here: Pick<Parts, 'acts'>, cid: string, now: number): Promise<SpareAsked[]> {
  const asked = new Map<string, SpareAsked>()
  for (const { act } of await here.acts.about(cid)) {
    const ask = askOf(act)
    if (ask && now - Date.parse(act.at) < ASK_LIFE_MS) asked.set(nameOf(ask), ask)
    if (act.act === 'slips-printed' && act.facts?.kind === 'spare') asked.delete(nameOf(printedOf(act.facts)))
  }
  return [...asked.values()]
}

/** Throws an ActRefused unless another administrator has asked for exactly these. */
export async function refuseLoneSpare(
  here: Pick<Parts, 'acts'>,
  cid: string,
  slips: SpareSlips,
  { by, now }: { readonly by: string; readonly now: number },
): Promise<void> {
  const asked = await spareSlipsAsked(here, cid, now)
  if (!asked.some((ask) => nameOf(ask) === nameOf(slips) && ask.by !== by))
    throw new ActRefused('spare slips are asked for by one administrator and printed by another', 'spare-needs-second')
}

function askOf({ act, by, facts }: Act): SpareAsked | null {
  return act === 'spare-slips-asked' ? { by, ...printedOf(facts) } : null
}

function printedOf(facts: Act['facts']): SpareSlips {
  return { lane: String(facts?.lane) as Lane, count: Number(facts?.count), unit: String(facts?.unit ?? '') }
}

function nameOf({ lane, count, unit }: SpareSlips): string {
  return `${lane} ${count} ${unit}`
}
