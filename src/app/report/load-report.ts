import { utf8 } from '#protocol/bytes'
import { isRecord, parseJson } from '#protocol/json'
import { PUBLIC_REPORT, type PublishedReport } from '#protocol/public-report'
import { isDescribed } from '#protocol/shapes'

/** What came, and whether it is what this device kept from the last time. */
export type LoadedReport =
  | { readonly at: 'here'; readonly published: PublishedReport; readonly kept: boolean }
  | { readonly at: 'none' | 'unreachable' | 'not-ours' }

/** Asks for a public page; without a network the one of the last time. What was withdrawn is forgotten here, too. */
export async function loadReport(name: string): Promise<LoadedReport> {
  const place = `prongsai-report-${name}`
  let reply: Response
  try {
    reply = await fetch(`/v2/reports/${encodeURIComponent(name)}`, { credentials: 'omit', cache: 'no-store' })
  } catch {
    const kept = readPublished(localStorage.getItem(place) ?? '')
    return kept ? { at: 'here', published: kept, kept: true } : { at: 'unreachable' }
  }
  if (!reply.ok) {
    if (reply.status !== 404) return { at: 'unreachable' }
    localStorage.removeItem(place)
    return { at: 'none' }
  }
  const text = await reply.text().catch(() => '')
  const published = readPublished(text)
  if (!published) return { at: 'not-ours' }
  try {
    localStorage.setItem(place, text)
  } catch {
    // full or forbidden: it is read while there is a network
  }
  return { at: 'here', published, kept: false }
}

function readPublished(text: string): PublishedReport | null {
  const value = text === '' ? null : parseJson(utf8(text))
  const right = isRecord(value) && typeof value.on === 'string' && isDescribed(PUBLIC_REPORT, value.report)
  return right ? (value as unknown as PublishedReport) : null
}
