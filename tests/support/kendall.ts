/** Rank correlation of positions with the order they are listed in: 1 the same order, −1 reversed, near 0 none. */
export function kendallTau(positions: readonly number[]): number {
  let [agreeing, pairs] = [0, 0]
  for (const [index, earlier] of positions.entries()) {
    for (const later of positions.slice(index + 1)) {
      agreeing += Math.sign(later - earlier)
      pairs += 1
    }
  }
  return agreeing / pairs
}
