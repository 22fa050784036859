/** A respondent's own phone, and a counter's tablet, never share one. */
export type DatabaseName = 'prongsai' | 'prongsai-counter'

/** Only ever add versions and tables: phones skip updates. Keys come from outside, never from a counter. */
const TABLES = {
  campaigns: '&id',
  tickets: '&id',
  drafts: '&id',
  outbox: '&id',
  receipts: '&id',
  quarantine: '&id',
} as const

const TABLES_2 = { ...TABLES, tablet: '&id', refills: '&id', today: '&id' } as const

const TABLES_3 = { ...TABLES_2, codes: '&id' } as const

/** Tables by version, as Dexie numbers them. */
export const SCHEMAS = [TABLES, TABLES_2, TABLES_3] as const

/** What a browser calls the newest of them: Dexie counts by tens. */
export const NEWEST_VERSION = SCHEMAS.length * 10

/** All tables of the newest version; each keeps its records by their `id`. */
export const NEWEST_TABLES = Object.keys(TABLES_3) as readonly (keyof typeof TABLES_3)[]
