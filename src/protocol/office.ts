import type { Act, SlipKind } from './acts.ts'
import type { TabletLane } from './counter.ts'
import type { Lane } from './lane.ts'

/** What an account may do: an administrator everything, a key holder opens the box with others, a viewer looks. Stored: never rename. */
export const ROLES = ['admin', 'holder', 'viewer'] as const

export type Role = (typeof ROLES)[number]

/** Kinds of what is done in the room: looking on; opening, rehearsing and reading the log; making and running rounds. */
export type Doing = 'look' | 'open' | 'run'

/** What each role may: the gate of every route and every screen ask this table. */
const MAY = {
  admin: { look: true, open: true, run: true },
  holder: { look: true, open: true, run: false },
  viewer: { look: true, open: false, run: false },
} as const satisfies Readonly<Record<Role, Readonly<Record<Doing, boolean>>>>

/** Whether somebody may do things of a kind. */
export function may({ role }: { readonly role: Role }, doing: Doing): boolean {
  return MAY[role][doing]
}

/** Why the survey team's room does not do what was asked. The same words in code, wire and locales. */
export type OfficeRefusal =
  | 'not-signed-in'
  | 'not-allowed'
  /** Signed in, but too long ago for this: show the passkey or the password again. */
  | 'prove-again'
  | 'other-origin'
  | 'other-host'
  /** This very request was answered before. */
  | 'replayed'
  | 'wrong-credentials'
  | 'wait'
  | 'invitation-unknown'
  /** Joining took too long; the link is still good. */
  | 'join-over'
  | 'name-taken'
  | 'password-common'
  | 'last-admin'
  | 'account-unknown'
  /** Somebody else saved in the meantime. */
  | 'paper-changed'
  /** Somebody else changed this row of the action plan in the meantime. */
  | 'row-changed'
  /** The action plan has as many rows as it may have. */
  | 'rows-full'
  | 'act-refused'
  | 'bad-request'

/** Who is signed in. */
export interface SignedIn {
  readonly id: string
  readonly name: string
  readonly role: Role
  /** Until when sensitive acts need no new proof, ms from now. */
  readonly provenForMs: number
  /** How long without a request until the session ends, ms. */
  readonly idleMs: number
}

/** One printing of slips; counts by fives while people answer, those of a unit's envelope for ever. */
export interface PrintingView {
  readonly batch: number
  readonly kind: SlipKind
  readonly printed: number
  readonly voided: boolean
  readonly exchanged: number
  /** Id of the unit it is for; '' for everybody. */
  readonly unit: string
}

/** One lane of a round as the team may see it: by fives until it is closed. */
export interface LaneView {
  readonly lane: Lane
  readonly eligible: number
  readonly delivered: number
  readonly printings: readonly PrintingView[]
  /** The poster's lane only. */
  readonly open?: { readonly isOn: boolean; readonly perDay: number; readonly given: number }
}

/** One tablet; its own signed totals by fives. */
export interface TabletView {
  readonly tablet: string
  readonly lane: TabletLane
  readonly point: string
  readonly quota: number
  readonly state: 'invited' | 'enrolled' | 'revoked'
  readonly collected: number
  readonly delivered: number
  /** Visitors who never used the service, and so were asked nothing. */
  readonly turnedAway: number
  /** The hour it was last heard of, e.g. `2026-12-01 14:00`; '' when never. */
  readonly heard: string
}

/** What was chosen to leave of a part whose rows and breakdowns must not both leave. */
export type PartChoices = Readonly<Partial<Record<Lane, 'rows' | 'breakdowns'>>>

/** Spare slips that one administrator asked for, and another one may print. */
export interface SpareAsked {
  readonly by: string
  readonly lane: Lane
  readonly count: number
  /** Id of the unit; '' for everybody. */
  readonly unit: string
}

/** A round with everything the team watches. */
export interface RoundView {
  readonly cid: string
  readonly state: 'draft' | 'open' | 'issue-closed' | 'answers-closed' | 'opened'
  /** Canonical JSON, byte for byte. Check number and fingerprint a browser works out from it: it believes no other word about them. */
  readonly manifest: string
  readonly lanes: readonly LaneView[]
  readonly tablets: readonly TabletView[]
  /** Where respondents reach the app: what QR codes on paper lead to. */
  readonly origin: string
  /** Head of the log of acts now, hex. */
  readonly logHead: string
  /** What was in the box when it was closed; null before. */
  readonly closing: { readonly rows: number; readonly boxHash: string } | null
  readonly choices: PartChoices
  readonly spareAsked: readonly SpareAsked[]
  /** Sets of shares that have not opened a canary yet, e.g. `1+3`. */
  readonly unrehearsed: readonly string[]
}

/** All rounds, and today in Bangkok by the collector's clock. */
export interface RoundList {
  readonly today: string
  readonly rounds: readonly RoundView[]
}

/** Somebody of the team. */
export interface Who {
  readonly name: string
  readonly role: Role
}

/** An account as administrators see it. */
export interface AccountView extends Who {
  readonly id: string
  readonly passkeys: number
  readonly password: boolean
}

/** The shortest password: a fallback for people without a passkey, and only together with a code. */
export const SHORTEST_PASSWORD = 12

/** What joining begins with: for a passkey, and for an authenticator app. */
export interface JoinOptions {
  readonly role: Role
  readonly challenge: string
  /** What WebAuthn is asked with; the libraries at both ends know more of it. */
  readonly options: object
  readonly totp: string
  readonly totpUri: string
}

/** Names of papers. Stored: never rename. */
export const PAPERS = ['oit', 'results', 'baseline'] as const

export type PaperName = (typeof PAPERS)[number]

/** What the team wrote of a round; the version is 0 while nobody has saved it. */
export interface Paper {
  readonly version: number
  readonly text: string
}

/** Instruments that the agency brought itself. */
export interface ImportedView {
  readonly id: string
  /** SHA-256 of its document, base64url. */
  readonly hash: string
  readonly by: string
  /** Who else looked at it; null: no round begins with it yet. */
  readonly confirmedBy: string | null
  /** Canonical JSON of the year's document. */
  readonly text: string
}

export interface ImportedList {
  readonly instruments: readonly ImportedView[]
}

/** The log of acts, the earliest first. */
export interface ActList {
  readonly acts: readonly Act[]
  readonly count: number
  /** Hex. */
  readonly head: string
  readonly brokenAt: number | null
}
