import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { loadMorePages } from './more-pages.ts'

/** Pages beside the way from slip to receipt. */
export type MorePage = 'check' | 'receipts'

export interface More {
  readonly page: MorePage | null
  /** The page was asked for and could not be had. */
  readonly unavailable: boolean
  readonly open: (page: MorePage) => void
  readonly close: () => void
}

/** A page over the current screen, with a step of its own in the history: the phone's Back closes it and nothing else. */
export function useMore(): More {
  const { i18n } = useTranslation()
  const [page, setPage] = useState<MorePage | null>(null)
  const [unavailable, setUnavailable] = useState(false)
  useEffect(() => {
    const onPop = (event: PopStateEvent) => setPage(pageOf(event.state))
    window.addEventListener('popstate', onPop)
    return () => window.removeEventListener('popstate', onPop)
  }, [])
  const open = useCallback(
    (next: MorePage) => {
      // they are not needed for the first screen
      loadMorePages(i18n).then(
        () => {
          setUnavailable(false)
          history.pushState({ more: next }, '')
          setPage(next)
        },
        () => setUnavailable(true),
      )
    },
    [i18n],
  )
  const close = useCallback(() => history.back(), [])
  return { page, unavailable, open, close }
}

function pageOf(state: unknown): MorePage | null {
  const more = typeof state === 'object' && state !== null && 'more' in state ? state.more : null
  return more === 'check' || more === 'receipts' ? more : null
}
