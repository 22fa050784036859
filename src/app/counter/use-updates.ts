import { useEffect, useState } from 'react'
import { type ApplyUpdate, watchForUpdates } from '#device/browser/updates'

/** Takes a new version over while nobody is in the middle of anything, and loads it only then: a visitor may begin in between. */
export function useUpdates(isQuiet: boolean): void {
  const [apply, setApply] = useState<ApplyUpdate | null>(null)
  const [isDue, setDue] = useState(false)
  useEffect(() => void watchForUpdates((found) => setApply(() => found)), [])
  useEffect(() => {
    if (!isQuiet) return
    if (isDue) location.reload()
    else apply?.(() => setDue(true))
  }, [apply, isDue, isQuiet])
}
