const RANGE = 2 ** 32

/** Numbers that are drawn at a time: asking for one costs a microsecond, and a shuffled export asks for thirty million. */
const drawn = new Uint32Array(1024)
let left = 0

/** A uniform whole number below the bound (at most 2³²): numbers of the last, incomplete round are drawn again. */
export function randomBelow(bound: number): number {
  const usable = RANGE - (RANGE % bound)
  for (;;) {
    const number = draw()
    if (number < usable) return number % bound
  }
}

function draw(): number {
  if (left === 0) {
    crypto.getRandomValues(drawn)
    left = drawn.length
  }
  left -= 1
  const number = drawn[left] ?? 0
  drawn[left] = 0
  return number
}
