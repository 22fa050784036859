import { useEffect, useRef } from 'react'

/** The tablet's Back button goes one page back within this visit, and never to the visitor before: history holds nothing of anybody. */
export function useBackTrap(onBack: () => void): void {
  const latest = useRef(onBack)
  latest.current = onBack
  useEffect(() => {
    history.pushState(null, '')
    const onPop = () => {
      history.pushState(null, '')
      latest.current()
    }
    window.addEventListener('popstate', onPop)
    return () => window.removeEventListener('popstate', onPop)
  }, [])
}
