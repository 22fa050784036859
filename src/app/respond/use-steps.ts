import { useCallback, useEffect, useState } from 'react'

interface Steps {
  readonly step: number
  readonly go: (step: number) => void
  readonly back: () => void
}

/** Pages of the form in the browser's history, so that Back goes one page back. The history holds a number, never an answer. */
export function useSteps(first: number, onLeave: () => void): Steps {
  const [step, setStep] = useState(first)
  useEffect(() => {
    if (stepOf(history.state) === null) history.pushState({ step: first }, '')
    const onPop = (event: PopStateEvent) => {
      const earlier = stepOf(event.state)
      if (earlier === null) onLeave()
      else setStep(earlier)
    }
    window.addEventListener('popstate', onPop)
    return () => window.removeEventListener('popstate', onPop)
  }, [first, onLeave])
  const go = useCallback((next: number) => {
    history.pushState({ step: next }, '')
    setStep(next)
  }, [])
  const back = useCallback(() => history.back(), [])
  return { step, go, back }
}

function stepOf(state: unknown): number | null {
  const step = typeof state === 'object' && state !== null && 'step' in state ? state.step : null
  return typeof step === 'number' ? step : null
}
