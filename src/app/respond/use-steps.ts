import { useCallback, useEffect, useRef, useState } from 'react'
import type { Step } from '#questions/steps.ts'

interface Steps {
  readonly step: Step
  readonly go: (step: Step) => void
  readonly back: () => void
}

/** What an entry of the history says: where somebody was, and whether a step of this visit lies before it. Never an answer. */
interface Entry {
  readonly step: Step
  readonly hasBefore: boolean
}

/**
 * Steps of the form in the browser's history, so that Back goes one step back. `first` is where this visit began; `before`
 * finds the step before one: a resumed form can go back to steps that its history does not know.
 */
export function useSteps(first: Step, before: (step: Step) => Step | null, onLeave: () => void): Steps {
  const [step, setStep] = useState(first)
  const latest = useRef(before)
  latest.current = before
  useEffect(() => {
    if (!entryOf(history.state)) history.pushState({ step: first, hasBefore: false } satisfies Entry, '')
    const onPop = ({ state }: PopStateEvent) => {
      const entry = entryOf(state)
      if (entry) setStep(entry.step)
      else onLeave()
    }
    window.addEventListener('popstate', onPop)
    return () => window.removeEventListener('popstate', onPop)
  }, [first, onLeave])
  const go = useCallback((next: Step) => {
    history.pushState({ step: next, hasBefore: true } satisfies Entry, '')
    setStep(next)
  }, [])
  const back = useCallback(() => {
    const earlier = latest.current(step)
    if (entryOf(history.state)?.hasBefore || !earlier) {
      history.back()
      return
    }
    history.replaceState({ step: earlier, hasBefore: false } satisfies Entry, '')
    setStep(earlier)
  }, [step])
  return { step, go, back }
}

/** Only this program writes such entries, and a page has none of another program. */
function entryOf(state: unknown): Entry | null {
  return typeof state === 'object' && state !== null && 'step' in state ? (state as Entry) : null
}
