import type words from '#locales/th/audit.json'

/** A promise that can be checked from outside; the words are in the locales. */
export type CheckId = keyof (typeof words)['check']

/** `weak`: true, but less than a drawn, two-holder round promises. `unchecked`: nothing was there to check. */
export type Verdict = 'kept' | 'broken' | 'weak' | 'unchecked'

/** What was found for one promise, with what was seen. */
export interface Finding {
  readonly check: CheckId
  readonly verdict: Verdict
  readonly evidence: string
}

/** A finding that is either kept or broken. */
export function finding(check: CheckId, kept: boolean, evidence: string): Finding {
  return { check, verdict: kept ? 'kept' : 'broken', evidence }
}
