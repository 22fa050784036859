import type { Kysely } from 'kysely'
import { type OpenDatabase, openDatabase } from '../storage/open-database.ts'
import { Accounts } from './accounts.ts'
import { MeasureRowStore } from './measure-rows.ts'
import { OFFICE_MIGRATIONS, type OfficeSchema } from './office-schema.ts'
import { Papers } from './papers.ts'
import { Reports } from './reports.ts'

/** The survey team's own file: accounts and papers. Nothing of issuer and box is here, and nothing of anybody who answers. */
export class OfficeStore {
  readonly #db: Kysely<OfficeSchema>
  readonly accounts: Accounts
  readonly papers: Papers
  readonly measures: MeasureRowStore
  readonly reports: Reports

  /** Writes a copy of the file. Throws when there is a file already. */
  readonly copyTo: (file: string) => Promise<void>

  private constructor({ db, copyTo }: OpenDatabase<OfficeSchema>) {
    this.#db = db
    this.copyTo = copyTo
    this.accounts = new Accounts(db)
    this.papers = new Papers(db)
    this.measures = new MeasureRowStore(db)
    this.reports = new Reports(db)
  }

  /** Opens (and creates) the file. */
  static async open(file: string): Promise<OfficeStore> {
    return new OfficeStore(await openDatabase<OfficeSchema>(file, OFFICE_MIGRATIONS))
  }

  async end(): Promise<void> {
    await this.#db.destroy()
  }
}
