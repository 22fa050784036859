import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Parts of a round's page. */
export const ROUND_PARTS = ['watch', 'sheets', 'tablets', 'oit', 'open', 'measures'] as const

export type RoundPart = (typeof ROUND_PARTS)[number]

/** Where somebody is in the room. In the address, so that Back and a reload lead where one expects. */
export type Place =
  | { readonly at: 'rounds' }
  | { readonly at: 'create' }
  | { readonly at: 'round'; readonly cid: string; readonly part: RoundPart }
  | { readonly at: 'team' }
  | { readonly at: 'log' }
  | { readonly at: 'instruments' }

/** The fragment of a place. */
export function hashOf(place: Place): string {
  return place.at === 'round' ? `#round.${place.cid}.${place.part}` : `#${place.at}`
}

/** The place of a fragment; the list of rounds for one that says nothing. */
function placeOf(hash: string): Place {
  const [at, cid, part] = hash.replace(/^#/, '').split('.')
  if (at === 'create' || at === 'team' || at === 'log' || at === 'instruments') return { at }
  const known = ROUND_PARTS.find((one) => one === part)
  return at === 'round' && cid ? { at, cid, part: known ?? 'watch' } : { at: 'rounds' }
}

/** What would be lost by going elsewhere inside the room. */
const guards = new Set<object>()

/** Asks before going elsewhere; the returned function ends it. */
export function guardPlace(): () => void {
  const guard = {}
  guards.add(guard)
  return () => guards.delete(guard)
}

/** Where somebody is, and how to go elsewhere. */
export function usePlace(): [Place, (place: Place) => void] {
  const { t } = useTranslation()
  const [hash, setHash] = useState(location.hash)
  const shown = useRef(hash)
  const words = useRef('')
  words.current = t('leave')
  useEffect(() => {
    const onChange = () => {
      if (location.hash === shown.current) return
      if (guards.size > 0 && !window.confirm(words.current)) {
        // back to where one stays; nothing is loaded by this
        history.pushState(null, '', shown.current || location.pathname)
        return
      }
      shown.current = location.hash
      setHash(location.hash)
    }
    window.addEventListener('hashchange', onChange)
    return () => window.removeEventListener('hashchange', onChange)
  }, [])
  return [placeOf(hash), (place) => location.assign(hashOf(place))]
}

/** The token of an invitation, taken out of the address at once: nobody finds it in a history. */
export function takeInvitation(): string | null {
  const token = /^#join\.([\w-]{43})$/.exec(location.hash)?.[1] ?? null
  if (token) history.replaceState(null, '', location.pathname)
  return token
}
