/** Rows of one step: a few milliseconds of work. */
const ROWS = 500

/**
 * Does something to many rows a few thousand at a time, so that others have their turn in between, until a step did nothing.
 * `step` does it to so many rows at most and answers to how many.
 */
export async function inSteps(step: (limit: number) => Promise<number | bigint>): Promise<void> {
  while (Number(await step(ROWS)) > 0) await new Promise((resolve) => setImmediate(resolve))
}
