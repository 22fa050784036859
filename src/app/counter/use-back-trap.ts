import { useEffect, useRef } from 'react'

/** The tablet's Back button goes one page back within this visit, and never to the visitor before: history holds nothing of anybody. */
export function useBackTrap(onBack: () => void, isOn = true): void {
  const latest = useRef(onBack)
  latest.current = onBack
  useEffect(() => {
    if (!isOn) return
    history.pushState(null, '')
    const onPop = () => {
      // a link that was opened comes as a step in the history too, and is not Back
      if (location.hash !== '') return
      history.pushState(null, '')
      latest.current()
    }
    window.addEventListener('popstate', onPop)
    return () => window.removeEventListener('popstate', onPop)
  }, [isOn])
}
