import { useCallback, useEffect, useState } from 'react'

interface Steps {
  readonly step: number
  readonly go: (step: number) => void
  readonly back: () => void
}

/**
 * Pages of the form in the browser's history, so that Back goes one page back. The history holds numbers, never an answer.
 * `first` is where this visit began, `lowest` the first page there is: a resumed form can go back to pages that its
 * history does not know.
 */
export function useSteps(first: number, lowest: number, onLeave: () => void): Steps {
  const [step, setStep] = useState(first)
  useEffect(() => {
    if (stepOf(history.state) === null) history.pushState({ step: first, before: null }, '')
    const onPop = (event: PopStateEvent) => {
      const earlier = stepOf(event.state)
      if (earlier === null) onLeave()
      else setStep(earlier)
    }
    window.addEventListener('popstate', onPop)
    return () => window.removeEventListener('popstate', onPop)
  }, [first, onLeave])
  const go = useCallback(
    (next: number) => {
      history.pushState({ step: next, before: step }, '')
      setStep(next)
    },
    [step],
  )
  const back = useCallback(() => {
    const before: unknown = history.state?.before
    if (typeof before === 'number' || step <= lowest) {
      history.back()
      return
    }
    history.replaceState({ step: step - 1, before: null }, '')
    setStep(step - 1)
  }, [step, lowest])
  return { step, go, back }
}

function stepOf(state: unknown): number | null {
  const step = typeof state === 'object' && state !== null && 'step' in state ? state.step : null
  return typeof step === 'number' ? step : null
}
