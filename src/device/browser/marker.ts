const HOLDS = 'prongsai.holds'
const LAST_TICKET = 'prongsai.ticket'

/**
 * Outside IndexedDB, because Dexie silently goes on with a new empty database when the old one was wiped.
 * Says only that a campaign was stored here, and which random ticket id was used last.
 */
export function markHoldings(stored: boolean): void {
  write(HOLDS, stored ? '1' : null)
}

/** Whether something was stored here before. */
export function isMarked(): boolean {
  return read(HOLDS) === '1'
}

export function rememberTicket(id: string | null): void {
  write(LAST_TICKET, id)
}

export function lastTicket(): string | null {
  return read(LAST_TICKET)
}

/** Storage may be forbidden altogether; then IndexedDB says so, in words. */
function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // see above
  }
}
