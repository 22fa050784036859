import type { SlipKind } from '#protocol/acts'
import type { Code } from '#protocol/code'
import type { Lane } from '#protocol/lane'
import type { Closing } from '#protocol/published'
import type { StoredCampaign } from '../../campaigns/campaign-register.ts'
import type { Parts, Stores } from '../../installation/data-folder.ts'
import type { Attempts } from '../../office/attempts.ts'
import type { Sessions } from '../../office/sessions.ts'
import type { NewInstruments } from '../../rounds/imported-instruments.ts'
import type { YearForms } from '../../rounds/make-draft.ts'

/** Where the app is served, and the head of the log now. */
interface PosterFacts {
  readonly origin: string
  readonly logHead: string
  /** The department's emblem, PNG. */
  readonly emblem?: Buffer | undefined
}

/** Sheets as PDF. The collector has no words of its own: who starts it hands this in. */
export interface Printing {
  slips(slips: {
    readonly campaign: StoredCampaign
    readonly lane: Lane
    readonly kind: SlipKind
    readonly codes: readonly Code[]
    readonly origin: string
    readonly logHead: string
    readonly emblem?: Buffer | undefined
  }): Promise<Buffer>
  poster(campaign: StoredCampaign, facts: PosterFacts): Promise<Buffer>
  openPoster(campaign: StoredCampaign, facts: PosterFacts): Promise<Buffer>
  /** The way to a round's public page, for a wall. */
  reportPoster(campaign: StoredCampaign, facts: PosterFacts): Promise<Buffer>
  closingSheet(campaign: StoredCampaign, facts: PosterFacts & Closing): Promise<Buffer>
}

/** What the survey team's room needs beside the stores. */
export interface OfficeTools {
  /** What a year asks, for manifests: the collector itself knows none. Null when there is no such year, or it is not whole. */
  readonly formsOf: (instruments: string, here: Parts) => Promise<YearForms | null>
  /** Imported instruments as text, checked again; null where they would not have passed. */
  readonly readInstruments: (text: string) => Promise<NewInstruments | null>
  readonly printing: Printing
  /** Where the room is served, when it has a host name of its own. */
  readonly origin?: string | undefined
  /** Where respondents reach the app; printed on slips. Default: where the room is. */
  readonly respondentsOrigin?: string | undefined
}

/** The survey team's room, running. */
export interface Office {
  readonly here: Stores
  readonly tools: OfficeTools
  readonly origin: string | undefined
  readonly sessions: Sessions
  readonly attempts: Attempts
  readonly now: () => number
}
