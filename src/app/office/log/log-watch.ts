import { useEffect, useState } from 'react'
import { logHeads, missingHeads } from '#protocol/log-chain'
import type { ActList } from '#protocol/office'
import { ask } from '../asking/ask.ts'

export const loadLog = () => ask('GET /acts')

/** Heads of the log that this browser has seen, the newest last. Of no person: only that the log was like this. */
const KEPT = 'prongsai-log-heads'
const MOST_KEPT = 20

/** Heads this browser saw that the log no longer contains. Remembers the head it has now. */
async function noticeMissing({ acts }: Pick<ActList, 'acts'>): Promise<string[]> {
  const seen = seenHeads()
  const missing = await missingHeads(seen, acts)
  const [head] = (await logHeads(acts)).slice(-1)
  // a log that was written anew is not taken for the right one from now on
  if (missing.length === 0 && head) keepHeads([...seen.filter((one) => one !== head), head].slice(-MOST_KEPT))
  return missing
}

function seenHeads(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '[]')
    return Array.isArray(kept) ? kept.filter((head) => typeof head === 'string') : []
  } catch {
    return []
  }
}

function keepHeads(heads: readonly string[]): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(heads))
  } catch {
    // a browser that stores nothing notices nothing later: the printed sheets still do
  }
}

/** Whether the log contains all that this browser has seen of it; null while it is looked at, or where it may not be. */
export function useLogWatch(allowed: boolean): 'whole' | 'rewritten' | null {
  const [state, setState] = useState<'whole' | 'rewritten' | null>(null)
  useEffect(() => {
    let current = true
    const look = async () => {
      const answer = await loadLog()
      if (!('value' in answer)) return
      const missing = await noticeMissing(answer.value)
      if (current) setState(missing.length === 0 ? 'whole' : 'rewritten')
    }
    if (allowed) void look()
    return () => {
      current = false
    }
  }, [allowed])
  return state
}
