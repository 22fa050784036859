import { useCallback, useEffect, useRef, useState } from 'react'

/** Nobody touched the tablet for so long. */
const IDLE_MS = 60_000
/** Then it asks, and counts down. */
const COUNTDOWN_SECONDS = 15

/** Seconds left before a visit is wiped, null while somebody is there. Any touch or key counts as being there. */
export function useIdle(onGone: () => void): { readonly secondsLeft: number | null; readonly stay: () => void } {
  const [secondsLeft, setSecondsLeft] = useState<number | null>(null)
  const touched = useRef(now())
  const stay = useCallback(() => {
    // the touch that wakes a sleeping tablet is the next person's: it must not bring the last one back
    if (idleMsSince(touched.current) >= IDLE_MS + COUNTDOWN_SECONDS * 1000) return onGone()
    touched.current = now()
    setSecondsLeft(null)
  }, [onGone])
  useEffect(() => {
    const events = ['pointerdown', 'keydown', 'scroll'] as const
    const look = () => {
      const idleMs = idleMsSince(touched.current) - IDLE_MS
      if (idleMs < 0) return
      const left = COUNTDOWN_SECONDS - Math.floor(idleMs / 1000)
      if (left <= 0) onGone()
      else setSecondsLeft(left)
    }
    for (const event of events) window.addEventListener(event, stay, { passive: true, capture: true })
    document.addEventListener('visibilitychange', look)
    const timer = setInterval(look, 250)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
      for (const event of events) window.removeEventListener(event, stay, { capture: true })
    }
  }, [stay, onGone])
  return { secondsLeft, stay }
}

interface Moment {
  readonly steadyMs: number
  readonly wallMs: number
}

function now(): Moment {
  return { steadyMs: performance.now(), wallMs: Date.now() }
}

/** By both clocks: the steady one stands still while a tablet sleeps, the other one may be set back. */
function idleMsSince({ steadyMs, wallMs }: Moment): number {
  return Math.max(performance.now() - steadyMs, Date.now() - wallMs)
}
