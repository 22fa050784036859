/** SQLite's and PostgreSQL's words for a disk that takes nothing more, or a quota that is used up. */
const FULL = new Set([
  'SQLITE_FULL',
  'SQLITE_IOERR_WRITE',
  'SQLITE_IOERR_FSYNC',
  'SQLITE_IOERR_TRUNCATE',
  'ENOSPC',
  'EDQUOT',
  // disk_full
  '53100',
])

/** Whether storing failed for want of room. Then nothing was stored, nothing is acknowledged, and the device tries later. */
export function isStorageFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && FULL.has(String(error.code))
}
