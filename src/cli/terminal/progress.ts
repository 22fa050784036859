import { Presets, SingleBar } from 'cli-progress'

/** Progress on the terminal; silent where output goes to a file or another program. */
export interface Progress {
  /** So many more are done: one where none is given. */
  step(count?: number): void
  end(): void
}

/** A progress bar, or a counter when the total is not known. */
export function makeProgress(act: string, total = 0): Progress {
  const format = total > 0 ? `${act} {bar} {value}/{total} · {eta_formatted} left` : `${act} {value}`
  const bar = new SingleBar(
    { format, stream: process.stderr, clearOnComplete: false, hideCursor: true },
    Presets.shades_classic,
  )
  bar.start(total, 0)
  return { step: (count = 1) => bar.increment(count), end: () => bar.stop() }
}
