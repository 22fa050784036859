import { useEffect } from 'react'
import { guardPlace } from './place.ts'

/** Asks before the page is left while something would be lost with it; `within` the room, too, where it would be lost there. */
export function useLeaveWarning(active: boolean, within = false): void {
  useEffect(() => {
    if (!active) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    const endGuard = within ? guardPlace() : () => undefined
    return () => {
      window.removeEventListener('beforeunload', warn)
      endGuard()
    }
  }, [active, within])
}
