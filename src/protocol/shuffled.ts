/** A shuffled copy (Fisher–Yates); `below(bound)` gives a uniform whole number under the bound. */
export function shuffled<T>(values: readonly T[], below: (bound: number) => number): T[] {
  const result = [...values]
  for (let index = result.length - 1; index > 0; index -= 1) {
    const other = below(index + 1)
    const [a, b] = [result[index] as T, result[other] as T]
    result[index] = b
    result[other] = a
  }
  return result
}
