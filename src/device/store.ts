import type { Enrolment } from '#protocol/counter'
import type { Lane } from '#protocol/lane'
import type { Language } from '#protocol/language'

/** Version of stored records. Records of another version go to quarantine, never away. */
export const RECORD_VERSION = 2

interface Stored {
  /** Random, or a name that is unique anyway. Never a counter: counters are an order. */
  readonly id: string
  readonly v: number
}

/** A campaign's manifest, byte for byte; the id is the campaign id. */
export interface CampaignRecord extends Stored {
  readonly manifest: string
}

interface TicketBase extends Stored {
  readonly cid: string
  readonly lane: Lane
  /** SHA-256 of this record's random id and the code: the same slip scanned again finds its ticket, and nobody else can tell. */
  readonly slip: string
}

/** A slip that was scanned where there was no network; kept, because its link leaves the address bar at once. */
export interface ScannedSlip extends TicketBase {
  readonly state: 'scanned'
  readonly code: string
  readonly mh: string
}

/** A message that was blinded and is not signed yet. */
export interface BlankTicket {
  readonly input: string
  readonly inv: string
  readonly blinded: string
}

/** The two of a code: for outside the seal and for inside it. */
export interface BlankPair {
  readonly outer: BlankTicket
  readonly inner: BlankTicket
}

/** Two signed tickets: the outer one, and the inner one that is sealed with the answers. */
export interface TicketPair {
  readonly input: string
  readonly sig: string
  readonly inner: { readonly input: string; readonly sig: string }
}

/** Blinded and stored before it was asked for: asking again with the same bytes gives the same answer. */
export interface AskingTicket extends TicketBase, BlankPair {
  readonly state: 'asking'
  readonly code: string
}

/** Good for one response. Code, blinding and inverse are forgotten. */
export interface ReadyTicket extends TicketBase, TicketPair {
  readonly state: 'ready'
}

export type TicketRecord = ScannedSlip | AskingTicket | ReadyTicket

/** Answers in the making; the id is the ticket's. */
export interface DraftRecord extends Stored {
  /** Hash of the questions that were answered, as a manifest names them. */
  readonly form: string
  readonly answers: Readonly<Record<string, number>>
  readonly coarse: Readonly<Record<string, string>>
  readonly savedAtMs: number
  /** Its slip was refused after these answers were given, and why. */
  readonly refused?: string
  /** Its person wants to use the answers with another slip. */
  readonly kept?: true
}

/** A sealed response on its way; the id is the ticket's. Never changed after sealing but for its state. */
export interface OutboxRecord extends Stored {
  readonly cid: string
  readonly input: string
  readonly sig: string
  readonly enc: string
  readonly ct: string
  readonly receipt: string
  readonly state: 'waiting' | 'refused'
  /** Why the collector refused it for good. */
  readonly why?: string
  /** Taken over from another tablet, whose count it belongs to. */
  readonly rescued?: true
}

/** All that stays after delivery; the id is the receipt number. */
export interface ReceiptRecord extends Stored {
  readonly cid: string
  readonly rescued?: true
}

/** This tablet's place at a counter: `tablet`, and `asking` while a link was opened and not answered for. Only in the store of a counter. */
export interface TabletRecord extends Stored {
  readonly state: 'asking' | 'enrolled' | 'revoked'
  readonly cid: string
  readonly mh: string
  readonly token: string
  /** Cannot be taken out of the browser. */
  readonly signingKey: CryptoKey
  readonly publicKey: string
  readonly enrolment: Enrolment | null
  readonly pin: PinRecord | null
  /** How the tablet greets each visitor; absent: Thai, normal text. */
  readonly greeting?: Greeting
  /** The campaign takes answers no more, as the collector last said. */
  readonly closed?: true
}

/** What an officer chose for every visitor's beginning. Each visitor may choose otherwise, for themselves. */
export interface Greeting {
  readonly language: Language
  readonly textSize: 1 | 2 | 3
  readonly contrast: boolean
}

/** An officer's PIN, hashed, and how often it was wrong. */
export interface PinRecord {
  readonly salt: string
  readonly hash: string
  readonly wrong: number
  /** No try counts before this moment, ms; 0 when there is nothing to wait for. */
  readonly waitUntilMs: number
}

/** Tickets that were blinded and asked for; kept until the issuer has answered. */
export interface RefillRecord extends Stored {
  /** The enrolment it was made under: another lane's key would sign it in vain. */
  readonly tablet: string
  readonly items: readonly BlankPair[]
}

/** A code for a visitor's own phone: made here, registered with the issuer, shown once. The id is the code. */
export interface CodeRecord extends Stored {
  readonly cid: string
  readonly lane: Lane
  readonly registered: boolean
}

/** What happened today that leaves no response; the id is always `today`. Starts anew when the day changes. */
export interface TodayRecord extends Stored {
  readonly day: string
  /** In all, when the day began. */
  readonly before: { readonly collected: number; readonly delivered: number; readonly turnedAway: number }
  /** Visitors who pressed "start". Who neither sealed nor was turned away walked off, however the page ended. */
  readonly begun: number
  readonly turnedAway: number
  /** When the collector last answered, ms; null when it has not today. */
  readonly contactMs: number | null
}

/** A record this version cannot read, as it was found. */
export interface QuarantineRecord extends Stored {
  readonly table: TableName
  readonly record: unknown
}

export interface Tables {
  readonly campaigns: CampaignRecord
  readonly tickets: TicketRecord
  readonly drafts: DraftRecord
  readonly outbox: OutboxRecord
  readonly receipts: ReceiptRecord
  readonly quarantine: QuarantineRecord
  readonly tablet: TabletRecord
  readonly refills: RefillRecord
  readonly today: TodayRecord
  readonly codes: CodeRecord
}

export type TableName = keyof Tables

/** Reads and writes that happen together or not at all. Await nothing else inside: IndexedDB would close the transaction. */
export interface Transaction {
  get<T extends TableName>(table: T, id: string): Promise<Tables[T] | undefined>
  all<T extends TableName>(table: T): Promise<Tables[T][]>
  put<T extends TableName>(table: T, record: Tables[T]): Promise<void>
  delete(table: TableName, id: string): Promise<void>
}

/** `strict` waits for the disk; `relaxed` is for drafts, where a lost last answer is cheaper than a slow phone. */
export type Durability = 'strict' | 'relaxed'

export interface Store {
  /** Resolves only when the transaction has completed. Throws a StorageError when it could not. */
  transact<R>(durability: Durability, tables: readonly TableName[], work: (tx: Transaction) => Promise<R>): Promise<R>
}

/** What a person is told when the device cannot store. */
export type StorageFault = 'storage-full' | 'storage-unavailable' | 'storage-wiped' | 'storage-newer'

export class StorageError extends Error {
  readonly fault: StorageFault
  /** What the browser said, for a maintainer's console. */
  readonly origin: unknown

  constructor(fault: StorageFault, origin?: unknown) {
    super(fault)
    this.name = 'StorageError'
    this.fault = fault
    this.origin = origin
  }
}
