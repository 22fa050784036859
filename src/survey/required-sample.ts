/** How many must answer; each campaign may set its own. */
export interface SampleRule {
  readonly percent: number
  readonly atLeast: number
  readonly atMost: number
}

/** FY 2566: 10 % of the eligible, at least 30, at most 400. */
const SAMPLE_RULE_2566: SampleRule = { percent: 10, atLeast: 30, atMost: 400 }

/** Responses required of a number of eligible people; everyone when fewer than the minimum. Throws on a negative or broken number. */
export function requiredSample(eligible: number, rule: SampleRule = SAMPLE_RULE_2566): number {
  if (!Number.isInteger(eligible) || eligible < 0) throw new RangeError(`${eligible} people cannot be eligible`)
  const share = Math.ceil((eligible * rule.percent) / 100)
  return Math.min(eligible, rule.atMost, Math.max(rule.atLeast, share))
}
