import { useEffect, useRef } from 'react'
import { ask } from '../asking/ask.ts'

const SIGNS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const
const LOOK_MS = 5000
/** Somebody who fills in a long page asks the collector nothing: it is told that they are here. */
const HERE_MS = 4 * 60_000

/** Calls `then` when nobody touched the page for so long: a desk that was left shows nothing to whoever comes by. */
export function useIdle(afterMs: number, then: () => void): void {
  const latest = useRef(then)
  latest.current = then
  useEffect(() => {
    let [touched, told, over] = [Date.now(), Date.now(), false]
    const touch = () => {
      touched = Date.now()
      over = false
      if (touched - told < HERE_MS) return
      told = touched
      void ask('GET /session')
    }
    // by the clock, because timers stand still while a machine sleeps
    const timer = setInterval(() => {
      if (over || Date.now() - touched <= afterMs) return
      over = true
      latest.current()
    }, LOOK_MS)
    for (const sign of SIGNS) window.addEventListener(sign, touch, { passive: true })
    return () => {
      clearInterval(timer)
      for (const sign of SIGNS) window.removeEventListener(sign, touch)
    }
  }, [afterMs])
}
