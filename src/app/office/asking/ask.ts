import { toBase64Url } from '#protocol/bytes'
import { isRecord } from '#protocol/json'

/** Why something was not done: a refusal in the protocol's words, or nobody answered. */
export interface Refused {
  readonly refused: string
  /** What the collector adds, e.g. which rule of a plan is broken. */
  readonly detail?: string
  readonly waitSeconds?: number
}

export type Answer<T> = { readonly value: T } | Refused

interface Asking {
  readonly method?: 'GET' | 'POST' | 'PUT'
  readonly body?: object
  readonly signal?: AbortSignal
}

/** Told whenever the collector says that nobody is signed in. */
let onSignedOut: () => void = () => undefined

export function whenSignedOut(then: () => void): void {
  onSignedOut = then
}

/** Asks the collector; never throws. Each change carries a name of its own, so that sent twice it is done once. */
export async function ask<T>(path: string, asking: Asking = {}): Promise<Answer<T>> {
  const reply = await askRaw(path, asking)
  if ('refused' in reply) return reply
  try {
    return { value: (await reply.value.json()) as T }
  } catch {
    return { refused: 'not-ours' }
  }
}

/** The same, for answers that are no JSON. */
export async function askRaw(path: string, { method = 'GET', body, signal }: Asking = {}): Promise<Answer<Response>> {
  let reply: Response
  try {
    reply = await fetch(`/v2/admin${path}`, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: {
        'x-request-id': toBase64Url(crypto.getRandomValues(new Uint8Array(16))),
        ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
      },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
      ...(signal ? { signal } : {}),
    })
  } catch {
    return { refused: 'unreachable' }
  }
  if (reply.ok) return { value: reply }
  const refused = await refusalOf(reply)
  if (refused.refused === 'not-signed-in') onSignedOut()
  return refused
}

export function post<T>(path: string, body: object = {}): Promise<Answer<T>> {
  return ask<T>(path, { method: 'POST', body })
}

async function refusalOf(reply: Response): Promise<Refused> {
  const wait = Number(reply.headers.get('retry-after'))
  const waiting = wait > 0 ? { waitSeconds: wait } : {}
  try {
    const value: unknown = await reply.json()
    if (!isRecord(value) || typeof value.error !== 'string') return { refused: 'not-ours', ...waiting }
    return { refused: value.error, ...(typeof value.message === 'string' ? { detail: value.message } : {}), ...waiting }
  } catch {
    return { refused: 'not-ours', ...waiting }
  }
}
