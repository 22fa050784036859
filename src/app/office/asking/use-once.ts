import { useCallback, useRef } from 'react'

/** Does something once at a time: a second click while it is under way does nothing. */
export function useOnce<A extends readonly unknown[]>(
  act: (...args: A) => Promise<void>,
): (...args: A) => Promise<void> {
  const busy = useRef(false)
  const latest = useRef(act)
  latest.current = act
  return useCallback(async (...args: A) => {
    if (busy.current) return
    busy.current = true
    try {
      await latest.current(...args)
    } finally {
      busy.current = false
    }
  }, [])
}
