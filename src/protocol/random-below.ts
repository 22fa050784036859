const RANGE = 2 ** 32

/** A uniform whole number below the bound (at most 2³²): numbers of the last, incomplete round are drawn again. */
export function randomBelow(bound: number): number {
  const usable = RANGE - (RANGE % bound)
  for (;;) {
    const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1))
    if (drawn < usable) return drawn % bound
  }
}
