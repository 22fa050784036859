import { useSyncExternalStore } from 'react'
import type { BoxOpening, OpeningStatus } from './box-opening.ts'

const nobody = () => () => undefined

/** How far an opening is; null while there is none. */
export function useOpening(box: BoxOpening | null): OpeningStatus | null {
  return useSyncExternalStore(box?.subscribe ?? nobody, () => box?.status ?? null)
}
