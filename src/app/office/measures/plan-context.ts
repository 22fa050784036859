import { createContext, useContext } from 'react'
import type { FindingsMap } from '#instruments/findings-map'
import type { IssuePlan } from '#measures/issues'
import type { Plan, PlannedMeasure } from '#measures/plan'
import type { DeskState, PlanDesk } from '#measures/plan-desk'
import type { RoundView } from '#protocol/office'
import type { Baseline } from '#results/baseline'
import type { Findings } from '#results/findings'
import type { DraftFacts } from '#results/findings-draft'
import type { Release } from '#results/release'
import type { RoundForms } from '#results/round-forms'

/** What every part of the action plan's page knows. */
export interface PlanContext {
  readonly round: RoundView
  readonly release: Release
  readonly forms: RoundForms
  readonly map: FindingsMap | null
  readonly baseline: Baseline | null
  readonly findings: Findings
  readonly facts: DraftFacts
  readonly desk: PlanDesk
  readonly state: DeskState
  readonly plan: Plan
  readonly issues: readonly IssuePlan[]
  /** What this agency planned the year before. */
  readonly earlier: readonly PlannedMeasure[]
  readonly mayChange: boolean
  /** Names of units to choose from: those of the round, and those that the plan names. */
  readonly units: readonly string[]
  /** Today in Bangkok. */
  readonly today: string
}

const Context = createContext<PlanContext | null>(null)

export const PlanProvider = Context.Provider

export function usePlan(): PlanContext {
  const plan = useContext(Context)
  if (!plan) throw new Error('outside the action plan')
  return plan
}
