import type { Draft } from '#device/draft'
import type { SlipRefusal } from '#device/refusals'
import type { OutboxRecord, ReadyTicket, ReceiptRecord, StorageFault, TicketRecord } from '#device/store'
import type { Lane } from '#protocol/lane'
import type { Campaign } from '#protocol/manifest'
import type { Step } from '#questions/steps.ts'
import type { Questionnaire } from '#survey/questionnaire'

/** Which ticket is answered with. */
export type TicketOf = Pick<TicketRecord, 'id' | 'lane'>

/** What is answered. One may begin while round and ticket are still on their way; sealing needs both. */
export interface Session {
  readonly ticket: TicketOf | ReadyTicket
  /** Null before the round is known. */
  readonly campaign: Campaign | null
  readonly questionnaire: Questionnaire
  /** Hash of the questions, as a manifest names them. */
  readonly form: string
  readonly draft: Draft | null
}

/** All that is needed to seal is on the phone. */
export interface ReadySession extends Session {
  readonly ticket: ReadyTicket
  readonly campaign: Campaign
}

export function isReady(session: Session): session is ReadySession {
  return session.campaign !== null && 'sig' in session.ticket
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
  | Waiting
  /** `replaced`: answers given before the round was known were to other questions, and are gone. */
  | { readonly at: 'welcome'; readonly session: ReadySession; readonly replaced?: true }
  /** `from`: the page showed this step before the app had come. */
  | { readonly at: 'answering'; readonly session: Session; readonly from?: Step }
  | { readonly at: 'delivery'; readonly id: string; readonly record: OutboxRecord | null; readonly receipt: string }
  | { readonly at: 'home'; readonly receipts: readonly ReceiptRecord[] }
  | {
      readonly at: 'problem'
      readonly problem: Problem
      readonly canContinue: boolean
      /** Answers given before this very slip was refused, which another slip could use. */
      readonly stray: { readonly ticket: string; readonly answered: number } | null
    }
  | { readonly at: 'storage'; readonly fault: Fault }

/** The ticket is still on its way. */
interface Waiting {
  readonly at: 'waiting'
  /** Id of the ticket's record. */
  readonly ticket: string
  readonly lane: Lane
  readonly campaign: Campaign | null
  /** Asked for in this moment; otherwise there is no network, or `notYet`: its day has not come. */
  readonly isComing: boolean
  readonly notYet: boolean
  /** What may be begun already; null when that must wait, too. */
  readonly session: Session | null
  /** As above: told until the ticket has come. */
  readonly replaced?: true
}

/** What is asked before the questions, if anything. */
export function openingOf({ questionnaire, campaign }: Session): 'contact' | 'unit' | null {
  if (questionnaire.opening) return questionnaire.opening
  return campaign?.manifest.units ? 'unit' : null
}
