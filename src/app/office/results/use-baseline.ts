import { useCallback, useMemo } from 'react'
import { type Baseline, readBaseline } from '#results/baseline'
import { type Answer, ask } from '../asking/ask.ts'
import { useLoaded } from '../asking/use-loaded.ts'

/** What a round is compared with, and how to choose another. */
export interface ChosenBaseline {
  readonly baseline: Baseline | null
  /** Null: nothing. */
  readonly choose: (baseline: Baseline | null) => Promise<Answer<unknown>>
}

/** The baseline that the team chose for a round; none as long as nobody chose. Everybody sees the same. */
export function useBaseline(cid: string): ChosenBaseline {
  const paper = useMemo(() => ({ cid, paper: 'baseline' }) as const, [cid])
  const load = useCallback(() => ask('GET /rounds/:cid/papers/:paper', paper), [paper])
  const { value, set, reload } = useLoaded(load)
  const baseline = useMemo(() => readBaseline(value?.text ?? ''), [value])
  const choose = useCallback(
    async (next: Baseline | null) => {
      const text = next ? JSON.stringify(next) : ''
      const body = { version: value?.version ?? 0, text }
      const answer = await ask('PUT /rounds/:cid/papers/:paper', { ...paper, body })
      if ('value' in answer) set({ version: answer.value.version, text })
      else reload()
      return answer
    },
    [paper, value, set, reload],
  )
  return { baseline, choose }
}
