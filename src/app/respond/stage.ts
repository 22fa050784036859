import type { Draft } from '#device/draft'
import type { SlipRefusal } from '#device/refusals'
import type { OutboxRecord, ReadyTicket, ReceiptRecord, StorageFault } from '#device/store'
import type { Lane } from '#protocol/lane'
import type { Campaign } from '#protocol/manifest'
import type { Questionnaire } from '#survey/questionnaire'

/** A ticket with all that is needed to answer it. */
export interface Session {
  readonly ticket: ReadyTicket
  readonly campaign: Campaign
  readonly questionnaire: Questionnaire
  readonly draft: Draft | null
}

export type Problem = SlipRefusal | 'link-damaged' | 'app-outdated'

/** Why the device cannot be read; `unexpected`: it is not the storage, this program failed. */
export type Fault = StorageFault | 'unexpected'

/** Where sealing stands. */
export type SealState = 'open' | 'sealing' | 'failed'

/** Where a respondent is. */
export type Stage =
  /** The prerendered first screen; `starting` until the device has been asked what it holds. */
  | { readonly at: 'starting' }
  | { readonly at: 'waiting'; readonly lane: Lane; readonly campaign: Campaign | null; readonly notYet: boolean }
  | { readonly at: 'welcome'; readonly session: Session }
  | { readonly at: 'answering'; readonly session: Session }
  | { readonly at: 'delivery'; readonly id: string; readonly record: OutboxRecord | null; readonly receipt: string }
  | { readonly at: 'home'; readonly receipts: readonly ReceiptRecord[] }
  | { readonly at: 'problem'; readonly problem: Problem; readonly canContinue: boolean }
  | { readonly at: 'storage'; readonly fault: Fault }

/** What is asked before the questions, if anything. */
export function openingOf({ questionnaire, campaign }: Session): 'contact' | 'unit' | null {
  if (questionnaire.opening) return questionnaire.opening
  return campaign.manifest.units ? 'unit' : null
}
