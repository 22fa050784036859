import { useEffect, useRef } from 'react'
import { idleMsSince, moment, TOUCHES } from './use-idle.ts'

/** An officer's page must not stand open when the officer went away. Null where there is nothing to leave. */
export function useAway(afterMs: number | null, onAway: () => void): void {
  const latest = useRef(onAway)
  latest.current = onAway
  useEffect(() => {
    if (afterMs === null) return
    let touched = moment()
    const touch = () => {
      touched = moment()
    }
    const look = () => {
      if (idleMsSince(touched) >= afterMs) latest.current()
    }
    for (const event of TOUCHES) window.addEventListener(event, touch, { passive: true, capture: true })
    document.addEventListener('visibilitychange', look)
    const timer = setInterval(look, 1000)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
      for (const event of TOUCHES) window.removeEventListener(event, touch, { capture: true })
    }
  }, [afterMs])
}
