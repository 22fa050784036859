/** Two of three: ethics centre, internal audit, a representative of the staff. */
export const HOLDERS = { shares: 3, threshold: 2 } as const
