/** Who answers and how their ticket came; one issuing key each, so a ticket of one lane opens no other. */
export const LANES = ['iit', 'eit-public', 'eit-survey', 'eit-open'] as const

export type Lane = (typeof LANES)[number]

export function isLane(value: unknown): value is Lane {
  return LANES.some((lane) => lane === value)
}

/** The lane's number inside codes and tickets. Sent and printed: never reorder `LANES`, only add. */
export function laneNumber(lane: Lane): number {
  return LANES.indexOf(lane)
}
