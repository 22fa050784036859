import { useCallback, useEffect, useState } from 'react'
import type { Answer, Refused } from './ask.ts'

/** Something asked for when a page is shown, and again when it may have changed. */
export interface Loaded<T> {
  readonly value: T | null
  readonly refused: Refused | null
  readonly reload: () => void
  readonly set: (value: T) => void
}

export function useLoaded<T>(load: () => Promise<Answer<T>>): Loaded<T> {
  const [value, setValue] = useState<T | null>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  const reload = useCallback(() => {
    void load().then(
      (answer) => {
        if ('value' in answer) setValue(answer.value)
        setRefused('refused' in answer ? answer : null)
      },
      // what came cannot be read: said, rather than waited for without end
      () => setRefused({ refused: 'not-ours' }),
    )
  }, [load])
  useEffect(() => {
    reload()
    // looked at again when somebody comes back to the page; no polling, which would keep a session alive for ever
    const onSight = () => document.visibilityState === 'visible' && reload()
    document.addEventListener('visibilitychange', onSight)
    return () => document.removeEventListener('visibilitychange', onSight)
  }, [reload])
  return { value, refused, reload, set: setValue }
}
