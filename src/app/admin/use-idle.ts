import { useEffect, useRef } from 'react'

const SIGNS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const
const LOOK_MS = 5000

/** Calls `then` when nobody touched the page for so long: a desk that was left shows nothing to whoever comes by. */
export function useIdle(afterMs: number, then: () => void): void {
  const latest = useRef(then)
  latest.current = then
  useEffect(() => {
    let touched = Date.now()
    const touch = () => {
      touched = Date.now()
    }
    // by the clock, because timers stand still while a machine sleeps
    const timer = setInterval(() => {
      if (Date.now() - touched > afterMs) latest.current()
    }, LOOK_MS)
    for (const sign of SIGNS) window.addEventListener(sign, touch, { passive: true })
    return () => {
      clearInterval(timer)
      for (const sign of SIGNS) window.removeEventListener(sign, touch)
    }
  }, [afterMs])
}
