import type { Device } from './device.ts'

/** What came back, or that nothing trustworthy did. */
export type Reply =
  | {
      readonly reached: true
      readonly status: number
      readonly json: boolean
      readonly body: Uint8Array
      readonly retryAfterMs?: number
    }
  | { readonly reached: false }

const NOT_REACHED: Reply = { reached: false }

/** A dead network often keeps a connection open for minutes. */
const TIMEOUT_MS = 30_000

/** One request to the collector, without cookies or referrer. Never throws; redirects (captive portals) count as not reached. */
export async function askCollector(device: Device, path: string, body?: string): Promise<Reply> {
  const abort = new AbortController()
  const cancel = device.clock.schedule(TIMEOUT_MS, () => abort.abort())
  try {
    const response = await device.fetch(`${device.origin}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
      cache: 'no-store',
      signal: abort.signal,
    })
    return await readReply(response)
  } catch {
    return NOT_REACHED
  } finally {
    cancel()
  }
}

async function readReply(response: Response): Promise<Reply> {
  const json = /^application\/json\b/.test(response.headers.get('content-type') ?? '')
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return {
    reached: true,
    status: response.status,
    json,
    body: new Uint8Array(await response.arrayBuffer()),
    ...(seconds > 0 ? { retryAfterMs: Math.min(seconds, 3600) * 1000 } : {}),
  }
}
