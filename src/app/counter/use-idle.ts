import { useCallback, useEffect, useRef, useState } from 'react'

/** Nobody touched the tablet for so long. */
const IDLE_MS = 60_000
/** Then it asks, and counts down. */
const COUNTDOWN_SECONDS = 15

/** Seconds left before a visit is wiped, null while somebody is there. Any touch or key counts as being there. */
export function useIdle(onGone: () => void): { readonly secondsLeft: number | null; readonly stay: () => void } {
  const [secondsLeft, setSecondsLeft] = useState<number | null>(null)
  const touched = useRef(performance.now())
  const stay = useCallback(() => {
    touched.current = performance.now()
    setSecondsLeft(null)
  }, [])
  useEffect(() => {
    const events = ['pointerdown', 'keydown', 'scroll'] as const
    for (const event of events) window.addEventListener(event, stay, { passive: true, capture: true })
    const timer = setInterval(() => {
      // by the clock, not by counting ticks: a tablet that slept is as idle as one that was left
      const idleMs = performance.now() - touched.current - IDLE_MS
      if (idleMs < 0) return
      const left = COUNTDOWN_SECONDS - Math.floor(idleMs / 1000)
      if (left <= 0) onGone()
      else setSecondsLeft(left)
    }, 250)
    return () => {
      clearInterval(timer)
      for (const event of events) window.removeEventListener(event, stay, { capture: true })
    }
  }, [stay, onGone])
  return { secondsLeft, stay }
}
