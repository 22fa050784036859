import { useEffect, useState } from 'react'

/** Parts of a round's page. */
export const ROUND_PARTS = ['watch', 'sheets', 'tablets', 'oit', 'open'] as const

export type RoundPart = (typeof ROUND_PARTS)[number]

/** Where somebody is in the room. In the address, so that Back and a reload lead where one expects. */
export type Place =
  | { readonly at: 'rounds' }
  | { readonly at: 'create' }
  | { readonly at: 'round'; readonly cid: string; readonly part: RoundPart }
  | { readonly at: 'team' }
  | { readonly at: 'log' }

/** The fragment of a place. */
export function hashOf(place: Place): string {
  return place.at === 'round' ? `#round.${place.cid}.${place.part}` : `#${place.at}`
}

/** The place of a fragment; the list of rounds for one that says nothing. */
function placeOf(hash: string): Place {
  const [at, cid, part] = hash.replace(/^#/, '').split('.')
  if (at === 'create' || at === 'team' || at === 'log') return { at }
  const known = ROUND_PARTS.find((one) => one === part)
  return at === 'round' && cid ? { at, cid, part: known ?? 'watch' } : { at: 'rounds' }
}

/** Where somebody is, and how to go elsewhere. */
export function usePlace(): [Place, (place: Place) => void] {
  const [hash, setHash] = useState(location.hash)
  useEffect(() => {
    const onChange = () => setHash(location.hash)
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
