/** How many of those who may answer must answer, as a year's rules say. */
export type SampleRule =
  | { readonly rule: 'everyone' }
  /** A share of the people, within bounds; everyone where there are fewer than the lower one. */
  | { readonly rule: 'percent'; readonly percent: number; readonly atLeast: number; readonly atMost: number }
  /** A fixed number; everyone where there are fewer. */
  | { readonly rule: 'number'; readonly number: number }

/** Responses required of a number of eligible people. Throws on a negative or broken number. */
export function requiredSample(eligible: number, rule: SampleRule): number {
  if (!Number.isInteger(eligible) || eligible < 0) throw new RangeError(`${eligible} people cannot be eligible`)
  switch (rule.rule) {
    case 'everyone':
      return eligible
    case 'number':
      return Math.min(eligible, rule.number)
    case 'percent': {
      // in whole numbers: 16.1 per cent of 1000 are 161 and no more
      const share = Math.ceil((eligible * Math.round(rule.percent * 100)) / 10_000)
      return Math.min(eligible, rule.atMost, Math.max(rule.atLeast, share))
    }
  }
}
