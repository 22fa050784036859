import { isLane, type Lane } from '#protocol/lane'
import type { Manifest } from '#protocol/manifest'
import { CONTACTS } from '#survey/contacts'
import type { KnownGroup } from './breakdown.ts'

/** What a part may be broken down by, one at a time (R3): what visitors came for, where they were served, where staff work. */
export const BREAKDOWNS = ['contact', 'point', 'unit'] as const

export type BreakdownBy = (typeof BREAKDOWNS)[number]

/** All groups of each breakdown, as the round announced them. */
export type RoundGroups = Readonly<Record<BreakdownBy, readonly KnownGroup[]>>

export function groupsOf({ units = [], points = [] }: Pick<Manifest, 'units' | 'points'>): RoundGroups {
  return { contact: CONTACTS.map((id) => ({ id })), point: points, unit: units }
}

/** Parts in which each is known. */
export const LANES_OF: Readonly<Record<BreakdownBy, readonly Lane[]>> = {
  contact: ['eit-public', 'eit-survey'],
  point: ['eit-public', 'eit-survey'],
  unit: ['iit'],
}

/** The questionnaire of each lane, as the manifest says. */
export function formsOf(manifest: Pick<Manifest, 'lanes'>): Partial<Record<Lane, string>> {
  const entries = Object.entries(manifest.lanes).flatMap(([lane, entry]) =>
    isLane(lane) && entry ? [[lane, entry.form.id]] : [],
  )
  return Object.fromEntries(entries)
}
