/** A main printing has a slip for everyone who may answer; spare slips take the place of lost ones. */
export type SlipKind = 'main' | 'spare'

/** What administrators, and the collector on their behalf, do. Written down for ever: never rename. */
export type ActName =
  | 'campaign-created'
  | 'campaign-added'
  | 'key-rehearsed'
  | 'campaign-opened'
  | 'slips-printed'
  | 'slips-voided'
  | 'tablet-invited'
  | 'tablet-revoked'
  | 'open-lane-on'
  | 'open-lane-off'
  | 'issue-closed'
  | 'answers-closed'
  /** How many rows were in the box at closing, and their hash. */
  | 'box-counted'
  | 'rows-chosen'
  | 'rows-confirmed'
  | 'spare-slips-asked'
  | 'box-opened'
  /** Responses of running rounds, each night: in random order, under the next key. */
  | 'intake-resealed'
  /** Responses of a closed round in random order, and the key they lay under destroyed. */
  | 'intake-settled'
  | 'backup-written'
  | 'backup-restored'
  | 'draft-discarded'
  | 'signed-in'
  | 'sign-in-refused'
  | 'account-invited'
  | 'account-joined'
  | 'invitations-withdrawn'
  | 'account-removed'
  | 'results-exported'
  | 'results-kept'
  | 'oit-kept'
  | 'baseline-kept'
  | 'instruments-imported'
  | 'instruments-confirmed'
  | 'instruments-withdrawn'
  | 'report-published'
  | 'report-withdrawn'

/** What an act says about itself. Names are written down for ever. */
export type FactName =
  | 'lane'
  | 'kind'
  | 'count'
  | 'unit'
  | 'printing'
  | 'point'
  | 'quota'
  | 'tablet'
  | 'role'
  | 'perDay'
  | 'shares'
  | 'what'
  | 'name'
  | 'why'
  | 'rows'
  | 'hash'
  | 'second'
  | 'choice'
  | 'id'

export type ActFacts = Readonly<Partial<Record<FactName, string | number | boolean>>>

/** One act as it is hashed: canonical JSON of exactly these members. */
export interface Act {
  readonly n: number
  /** ISO time, UTC. Acts have times; nothing a respondent does is ever here. */
  readonly at: string
  readonly by: string
  readonly act: ActName
  readonly campaign?: string
  readonly facts?: ActFacts
}
