import * as v from 'valibot'
import type { Lane } from './lane.ts'
import {
  AGENCY,
  ENQUIRIES,
  HANDOUT,
  KEY_SHARES,
  LONGEST_NAME,
  MOST_PEOPLE,
  MOST_PLACES,
  THRESHOLDS,
  YEAR_ID,
} from './manifest.ts'
import { bytesText, DAY, type Described, whole, words } from './shapes.ts'

/** That a window does not end before it begins is a plan's fault, with words of its own. */
const PLANNED_WINDOW = v.strictObject({ from: DAY, to: DAY })
const PEOPLE = whole(1, MOST_PEOPLE)
const NAME = words(LONGEST_NAME)

/** What an administrator decides when making a round; keys come from the browser. */
export const ROUND_PLAN = v.strictObject({
  fiscalYear: whole(2500, 2700),
  /** Id of the year whose instruments are asked. */
  instruments: YEAR_ID,
  agency: AGENCY,
  enquiries: ENQUIRIES,
  /** SHA-256 of the emblem's PNG; absent: none. */
  emblem: v.exactOptional(bytesText(32)),
  /** People who may answer, by lane. */
  eligible: v.strictObject({
    iit: v.exactOptional(PEOPLE),
    'eit-public': v.exactOptional(PEOPLE),
    'eit-survey': v.exactOptional(PEOPLE),
  }),
  /** Tickets a day for whoever scans the poster; absent: no such lane. */
  openPerDay: v.exactOptional(whole(1, 100_000)),
  issueWindow: PLANNED_WINDOW,
  answerWindow: PLANNED_WINDOW,
  /** The day on which the box is closed; absent: the last day of answering. */
  closesOn: v.exactOptional(DAY),
  k: THRESHOLDS,
  handout: HANDOUT,
  keyShares: KEY_SHARES,
  /** Units staff may name, with the people of each; absent: not asked. */
  units: v.exactOptional(v.pipe(v.array(v.strictObject({ name: NAME, eligible: PEOPLE })), v.maxLength(MOST_PLACES))),
  /** Service points, by name; absent: no results by point. */
  points: v.exactOptional(v.pipe(v.array(NAME), v.maxLength(MOST_PLACES))),
})

export type RoundPlan = Described<typeof ROUND_PLAN>

/** The same without key shares: a demonstration has one whole key. */
export type CampaignPlan = Omit<RoundPlan, 'keyShares'> & Partial<Pick<RoundPlan, 'keyShares'>>

/** Why a plan would promise what cannot be kept. The same words in code, wire and locales. */
export type PlanFault =
  | { readonly fault: 'issue-window-backwards' | 'answer-window-backwards' }
  | { readonly fault: 'named-windows-meet' | 'window-over' | 'answers-end-before-slips' | 'closes-too-early' }
  | { readonly fault: 'k-too-small'; readonly k: number }
  | { readonly fault: 'lane-too-small'; readonly lane: Lane; readonly people: number; readonly k: number }
  | { readonly fault: 'no-lane' }
  | { readonly fault: 'no-instruments'; readonly instruments: string }
  | { readonly fault: 'unit-too-small'; readonly name: string; readonly people: number; readonly k: number }
  | { readonly fault: 'units-too-many-people' | 'units-without-staff' | 'points-without-visitors' | 'places-wrong' }

/** Below this a mean nearly names who answered; a round may raise it, never lower it. */
const SMALLEST_K = { iit: 10, eit: 5 } as const

/** What is wrong with a plan, or null. `today` is a day in Bangkok. */
export function planFault(plan: CampaignPlan, today: string): PlanFault | null {
  return windowFault(plan, today) ?? groupFault(plan) ?? placesFault(plan)
}

function windowFault(plan: CampaignPlan, today: string): PlanFault | null {
  const { issueWindow, answerWindow, handout, closesOn = answerWindow.to } = plan
  if (issueWindow.from > issueWindow.to) return { fault: 'issue-window-backwards' }
  if (answerWindow.from > answerWindow.to) return { fault: 'answer-window-backwards' }
  if (closesOn < answerWindow.to) return { fault: 'closes-too-early' }
  if (handout === 'named' && issueWindow.to >= answerWindow.from) return { fault: 'named-windows-meet' }
  if (answerWindow.to < today || issueWindow.to < today) return { fault: 'window-over' }
  return issueWindow.from > answerWindow.to ? { fault: 'answers-end-before-slips' } : null
}

function groupFault({ k, eligible }: CampaignPlan): PlanFault | null {
  for (const who of ['iit', 'eit'] as const) {
    if (k[who] < SMALLEST_K[who]) return { fault: 'k-too-small', k: SMALLEST_K[who] }
  }
  if (Object.keys(eligible).length === 0) return { fault: 'no-lane' }
  for (const [lane, people] of Object.entries(eligible) as [Lane, number][]) {
    const smallest = lane === 'iit' ? k.iit : k.eit
    if (people < smallest) return { fault: 'lane-too-small', lane, people, k: smallest }
  }
  return null
}

/** A unit too small to be shown is not asked for: naming it would tell more than it brings. */
function placesFault({ units, points, eligible, k }: CampaignPlan): PlanFault | null {
  if (!areNames(units?.map(({ name }) => name)) || !areNames(points)) return { fault: 'places-wrong' }
  if (points && eligible['eit-public'] === undefined && eligible['eit-survey'] === undefined)
    return { fault: 'points-without-visitors' }
  if (!units) return null
  if (eligible.iit === undefined) return { fault: 'units-without-staff' }
  const small = units.find((unit) => unit.eligible < k.iit)
  if (small) return { fault: 'unit-too-small', name: small.name, people: small.eligible, k: k.iit }
  const people = units.reduce((sum, unit) => sum + unit.eligible, 0)
  return people > eligible.iit ? { fault: 'units-too-many-people' } : null
}

function areNames(names: readonly string[] | undefined): boolean {
  if (names === undefined) return true
  const right = names.every((name) => name.trim() !== '' && [...name].length <= LONGEST_NAME)
  return right && names.length > 0 && names.length <= MOST_PLACES && new Set(names).size === names.length
}
