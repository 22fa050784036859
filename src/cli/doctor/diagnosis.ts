import type words from '#locales/th/doctor.json'

/** Something that can be wrong with a machine; what it is and how it is mended stand in the locales. */
export type DoctorCheck = keyof (typeof words)['check']

/** `look`: goes on as it is, but somebody should know. `unchecked`: nothing was there to look at. */
export type Health = 'well' | 'look' | 'ill' | 'unchecked'

/** What was found of one thing, with what was seen. */
export interface Diagnosis {
  readonly check: DoctorCheck
  readonly health: Health
  readonly seen: string
}

/** Well, or as bad as this check makes it. */
export function diagnosis(check: DoctorCheck, isWell: boolean, seen: string, otherwise: Health = 'ill'): Diagnosis {
  return { check, health: isWell ? 'well' : otherwise, seen }
}

/** Bytes in words. */
export function size(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e6)} MB`
}
