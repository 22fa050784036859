import type { CopyTo, OpenDatabase } from '../storage/engine.ts'
import { openDatabase } from '../storage/open-database.ts'
import { Accounts } from './accounts.ts'
import { MeasureRowStore } from './measure-rows.ts'
import { OFFICE_DATABASE, type OfficeSchema } from './office-schema.ts'
import { Papers } from './papers.ts'
import { Reports } from './reports.ts'

/** The survey team's own file: accounts and papers. Nothing of issuer and box is here, and nothing of anybody who answers. */
export class OfficeStore {
  readonly accounts: Accounts
  readonly papers: Papers
  readonly measures: MeasureRowStore
  readonly reports: Reports

  /** Writes a copy of the file. Throws when there is a file already. Null where it lies in PostgreSQL. */
  readonly copyTo: CopyTo | null
  /** Closes it. */
  readonly end: () => Promise<void>

  private constructor({ db, copyTo, end, hold }: OpenDatabase<OfficeSchema>) {
    this.end = end
    this.copyTo = copyTo
    this.becomeOnly = (lost) => hold('office', lost)
    this.accounts = new Accounts(db)
    this.papers = new Papers(db)
    this.measures = new MeasureRowStore(db)
    this.reports = new Reports(db)
  }

  /**
   * Resolves when this is the only process with the room: sessions and limits of sign-in live in its memory. `lost` is told when
   * another one may have taken over.
   */
  readonly becomeOnly: (lost: () => void) => Promise<void>

  /** Opens (and creates) the file, or the tables in a PostgreSQL database. */
  static async open(place: string): Promise<OfficeStore> {
    return new OfficeStore(await openDatabase<OfficeSchema>(place, OFFICE_DATABASE))
  }
}
