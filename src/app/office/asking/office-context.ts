import { createContext, useContext } from 'react'
import type { SignedIn } from '#protocol/office'
import type { BoxOpening } from '../opening/box-opening.ts'
import type { Answer } from './ask.ts'
import type { Place } from './place.ts'

/** What every page of the room knows. */
export interface OfficeContext {
  readonly me: SignedIn
  readonly go: (place: Place) => void
  /** Does something that may need a new proof; asks for it, and does it then. */
  readonly withProof: <T>(act: () => Promise<Answer<T>>) => Promise<Answer<T>>
  /** Boxes that were opened in this page: in memory, as long as it is open. */
  readonly openings: Map<string, BoxOpening>
}

const Context = createContext<OfficeContext | null>(null)

export const OfficeProvider = Context.Provider

export function useOffice(): OfficeContext {
  const office = useContext(Context)
  if (!office) throw new Error('outside the room')
  return office
}
