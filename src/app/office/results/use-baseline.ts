import { useCallback, useMemo } from 'react'
import { type Baseline, readBaseline } from '#results/baseline'
import { type Answer, ask } from '../asking/ask.ts'
import { useLoaded } from '../asking/use-loaded.ts'

interface Paper {
  readonly version: number
  readonly text: string
}

/** What a round is compared with, and how to choose another. */
export interface ChosenBaseline {
  readonly baseline: Baseline | null
  /** Null: nothing. */
  readonly choose: (baseline: Baseline | null) => Promise<Answer<unknown>>
}

/** The baseline that the team chose for a round; none as long as nobody chose. Everybody sees the same. */
export function useBaseline(cid: string): ChosenBaseline {
  const path = `/rounds/${cid}/papers/baseline`
  const load = useCallback(() => ask<Paper>(path), [path])
  const { value, set, reload } = useLoaded(load)
  const baseline = useMemo(() => readBaseline(value?.text ?? ''), [value])
  const choose = useCallback(
    async (next: Baseline | null) => {
      const text = next ? JSON.stringify(next) : ''
      const body = { version: value?.version ?? 0, text }
      const answer = await ask<{ version: number }>(path, { method: 'PUT', body })
      if ('value' in answer) set({ version: answer.value.version, text })
      else reload()
      return answer
    },
    [path, value, set, reload],
  )
  return { baseline, choose }
}
