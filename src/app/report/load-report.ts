import { utf8 } from '#protocol/bytes'
import { isRecord, parseJson } from '#protocol/json'
import { PUBLIC_REPORT, type PublishedReport } from '#protocol/public-report'
import { isDescribed } from '#protocol/shapes'

/** What came, and whether it is what this device kept from the last time. */
export type LoadedReport =
  | { readonly at: 'here'; readonly published: PublishedReport; readonly kept: boolean }
  | { readonly at: 'none' | 'unreachable' }

/** Nobody waits longer for a network that does not answer. */
const PATIENCE_MS = 8000

/**
 * Asks for a public page; without an answer that is ours, the one of the last time: a captive portal, a proxy's page or a network
 * that hangs say nothing about it. Only the collector's own word that it is withdrawn makes this device forget it.
 */
export async function loadReport(name: string): Promise<LoadedReport> {
  const place = `prongsai-report-${name}`
  const { text, isWithdrawn } = await fetchReport(name)
  if (isWithdrawn) {
    write(place, null)
    return { at: 'none' }
  }
  const published = readPublished(text)
  if (published) {
    write(place, text)
    return { at: 'here', published, kept: false }
  }
  const kept = readPublished(read(place))
  return kept ? { at: 'here', published: kept, kept: true } : { at: 'unreachable' }
}

async function fetchReport(name: string): Promise<{ readonly text: string; readonly isWithdrawn: boolean }> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS)
  try {
    const asked = { credentials: 'omit', cache: 'no-store', signal: stop.signal } as const
    const reply = await fetch(`/v2/reports/${encodeURIComponent(name)}`, asked)
    const text = await reply.text()
    const said = reply.status === 404 ? parseJson(utf8(text)) : null
    return { text: reply.ok ? text : '', isWithdrawn: isRecord(said) && said.error === 'not-published' }
  } catch {
    return { text: '', isWithdrawn: false }
  } finally {
    clearTimeout(timer)
  }
}

/** A device that keeps nothing reads it while there is a network. */
function read(place: string): string {
  try {
    return localStorage.getItem(place) ?? ''
  } catch {
    return ''
  }
}

function write(place: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(place)
    else localStorage.setItem(place, text)
  } catch {
    // full or forbidden
  }
}

function readPublished(text: string): PublishedReport | null {
  const value = text === '' ? null : parseJson(utf8(text))
  const right = isRecord(value) && typeof value.on === 'string' && isDescribed(PUBLIC_REPORT, value.report)
  return right ? (value as unknown as PublishedReport) : null
}
