import { useCallback, useEffect, useRef, useState } from 'react'

/** Nobody touched the tablet for so long. */
const IDLE_MS = 60_000
/** Then it asks, and counts down. */
const COUNTDOWN_SECONDS = 15

/** What counts as somebody being there. */
export const TOUCHES = ['pointerdown', 'keydown', 'scroll'] as const

/** Seconds left before a visit is wiped, null while somebody is there. Any touch or key counts as being there. */
export function useIdle(onGone: () => void): { readonly secondsLeft: number | null; readonly stay: () => void } {
  const [secondsLeft, setSecondsLeft] = useState<number | null>(null)
  const touched = useRef(moment())
  const stay = useCallback(() => {
    // the touch that wakes a sleeping tablet is the next person's: it must not bring the last one back
    if (idleMsSince(touched.current) >= IDLE_MS + COUNTDOWN_SECONDS * 1000) return onGone()
    touched.current = moment()
    setSecondsLeft(null)
  }, [onGone])
  useEffect(() => {
    const look = () => {
      const idleMs = idleMsSince(touched.current) - IDLE_MS
      if (idleMs < 0) return
      const left = COUNTDOWN_SECONDS - Math.floor(idleMs / 1000)
      if (left <= 0) onGone()
      else setSecondsLeft(left)
    }
    for (const event of TOUCHES) window.addEventListener(event, stay, { passive: true, capture: true })
    document.addEventListener('visibilitychange', look)
    const timer = setInterval(look, 250)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
      for (const event of TOUCHES) window.removeEventListener(event, stay, { capture: true })
    }
  }, [stay, onGone])
  return { secondsLeft, stay }
}

export interface Moment {
  readonly steadyMs: number
  readonly wallMs: number
}

export function moment(): Moment {
  return { steadyMs: performance.now(), wallMs: Date.now() }
}

/** By both clocks: the steady one stands still while a tablet sleeps, the other one may be set back. */
export function idleMsSince({ steadyMs, wallMs }: Moment): number {
  return Math.max(performance.now() - steadyMs, Date.now() - wallMs)
}
