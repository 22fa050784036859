import type { Lane } from '#protocol/lane'
import type { Manifest } from '#protocol/manifest'
import { CONTACTS } from '#survey/contacts'
import type { KnownGroup } from './breakdown.ts'
import { NO_FACTS, type RoundFacts } from './round-facts.ts'

/** What a part may be broken down by, one at a time (R3): what visitors came for, where they were served, where staff work. */
export const BREAKDOWNS = ['contact', 'point', 'unit'] as const

export type BreakdownBy = (typeof BREAKDOWNS)[number]

/** All groups of each breakdown, as the round announced them. */
export type RoundGroups = Readonly<Record<BreakdownBy, readonly KnownGroup[]>>

/** `exchanged` says of a unit how many slips of its own envelope gave a ticket: no more of its people can have answered. */
export function groupsOf(
  { units = [], points = [] }: Pick<Manifest, 'units' | 'points'>,
  { exchanged }: Pick<RoundFacts, 'exchanged'> = NO_FACTS,
): RoundGroups {
  const unit = units.map(({ id, name, eligible }) => ({
    id,
    name,
    people: eligible,
    eligible: Math.min(eligible, exchanged[id] ?? eligible),
  }))
  return { contact: CONTACTS.map((id) => ({ id })), point: points, unit }
}

/** Parts in which each is known. */
export const LANES_OF: Readonly<Record<BreakdownBy, readonly Lane[]>> = {
  contact: ['eit-public', 'eit-survey'],
  point: ['eit-public', 'eit-survey'],
  unit: ['iit'],
}
