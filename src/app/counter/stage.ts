import type { EnrolRefusal } from '#device/refusals'

/** Why a tablet takes no answers just now. */
export type EmptyReason = 'no-tickets' | 'quota-used' | 'revoked' | 'closed' | 'storage-full'

/** Why a tablet is not set up. */
export type EnrolTrouble =
  | EnrolRefusal
  | 'none'
  | 'asking'
  | 'damaged'
  | 'not-reached'
  | 'storage'
  | 'line'
  | 'install-first'

/** What a tablet shows. Nothing of a visitor is in here: their answers live and die with the visit's own form. */
export type CounterStage =
  | { readonly at: 'loading' }
  /** `known`: it has a place already and may go on there. */
  | { readonly at: 'enrol'; readonly why: EnrolTrouble; readonly known: boolean }
  | { readonly at: 'set-pin' }
  | { readonly at: 'attract' }
  | { readonly at: 'empty'; readonly why: EmptyReason }
  | { readonly at: 'visit' }
  | { readonly at: 'own-phone'; readonly code: string | null }
  | { readonly at: 'thanks'; readonly declined: boolean }
  | { readonly at: 'ask-pin' }
  | { readonly at: 'panel' }
