import type { Window } from '#protocol/manifest'
import { requiredSample, type SampleRule } from '#survey/required-sample'
import { daysBetween } from '../asking/days.ts'

/** How a lane stands against what is required. */
export interface Progress {
  readonly delivered: number
  readonly required: number
  readonly eligible: number
  /** Responses at the end if the days to come are like the days until now; null before anything can be said. */
  readonly projected: number | null
}

/** Days of an answer window that are over, in it, and left after today. */
export function daysOf(
  { from, to }: Window,
  today: string,
): { readonly over: number; readonly left: number; readonly all: number } {
  const all = daysBetween(from, to)
  const over = Math.min(all, Math.max(0, daysBetween(from, today)))
  return { over, left: all - over, all }
}

/** Where a year has no rule for a lane, as for the poster's, nothing is required of it. */
export function progressOf(
  { delivered, eligible }: { readonly delivered: number; readonly eligible: number },
  window: Window,
  { today, sample }: { readonly today: string; readonly sample: SampleRule | undefined },
): Progress {
  const { over, all } = daysOf(window, today)
  const projected = over === 0 ? null : Math.min(Math.round((delivered / over) * all), eligible)
  return { delivered, eligible, required: sample ? requiredSample(eligible, sample) : 0, projected }
}
