import type { Lane } from './lane.ts'
import type { Handout, KeyShares, Window } from './manifest.ts'

/** What an administrator decides when making a round; keys come from the browser. */
export interface RoundPlan {
  readonly fiscalYear: number
  readonly agency: { readonly th: string; readonly en: string }
  /** People who may answer, by lane. */
  readonly eligible: Readonly<Partial<Record<Lane, number>>>
  /** Tickets a day for whoever scans the poster; absent: no such lane. */
  readonly openPerDay?: number
  readonly issueWindow: Window
  readonly answerWindow: Window
  readonly k: { readonly iit: number; readonly eit: number }
  readonly handout: Handout
  readonly keyShares: KeyShares
}

/** The same without key shares: a demonstration has one whole key. */
export type CampaignPlan = Omit<RoundPlan, 'keyShares'> & { readonly keyShares?: KeyShares }

/** Why a plan would promise what cannot be kept. The same words in code, wire and locales. */
export type PlanFault =
  | { readonly fault: 'issue-window-backwards' | 'answer-window-backwards' }
  | { readonly fault: 'named-windows-meet' | 'window-over' | 'answers-end-before-slips' }
  | { readonly fault: 'k-too-small'; readonly k: number }
  | { readonly fault: 'lane-too-small'; readonly lane: Lane; readonly people: number; readonly k: number }
  | { readonly fault: 'no-lane' }

/** Below this a mean nearly names who answered (product.md asks for ten staff, five visitors). */
const SMALLEST_K = 5

/** What is wrong with a plan, or null. `today` is a day in Bangkok. */
export function planFault(plan: CampaignPlan, today: string): PlanFault | null {
  const { issueWindow, answerWindow, handout, k, eligible } = plan
  if (issueWindow.from > issueWindow.to) return { fault: 'issue-window-backwards' }
  if (answerWindow.from > answerWindow.to) return { fault: 'answer-window-backwards' }
  if (handout === 'named' && issueWindow.to >= answerWindow.from) return { fault: 'named-windows-meet' }
  if (answerWindow.to < today || issueWindow.to < today) return { fault: 'window-over' }
  if (issueWindow.from > answerWindow.to) return { fault: 'answers-end-before-slips' }
  if (Math.min(k.iit, k.eit) < SMALLEST_K) return { fault: 'k-too-small', k: SMALLEST_K }
  if (Object.keys(eligible).length === 0) return { fault: 'no-lane' }
  for (const [lane, people] of Object.entries(eligible) as [Lane, number][]) {
    const smallest = lane === 'iit' ? k.iit : k.eit
    if (people < smallest) return { fault: 'lane-too-small', lane, people, k: smallest }
  }
  return null
}
