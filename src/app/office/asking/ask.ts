import { toBase64Url } from '#protocol/bytes'
import { isRecord } from '#protocol/json'
import type { AnswerOf, BodyOf, OfficeCall, OfficeFileCall, ParamsOf } from '#protocol/office-api'

/** Why something was not done: a refusal in the protocol's words, or nobody answered. */
export interface Refused {
  readonly refused: string
  /** What the collector adds, e.g. which rule of a plan is broken. */
  readonly detail?: string
  readonly waitSeconds?: number
}

export type Answer<T> = { readonly value: T } | Refused

/** What a call is asked with: names in its path, its body, and a way to stop it. */
export type Given<C extends OfficeCall> = ParamsOf<C> &
  (BodyOf<C> extends undefined ? { readonly body?: undefined } : { readonly body: BodyOf<C> }) & {
    readonly signal?: AbortSignal
  }

/** Nothing where a call needs nothing. */
type Giving<C extends OfficeCall> = Partial<Given<C>> extends Given<C> ? [given?: Given<C>] : [given: Given<C>]

/** Told whenever the collector says that nobody is signed in. */
let onSignedOut: () => void = () => undefined

export function whenSignedOut(then: () => void): void {
  onSignedOut = then
}

/** Asks the collector; never throws. Each change carries a name of its own, so that sent twice it is done once. */
export async function ask<C extends Exclude<OfficeCall, OfficeFileCall>>(
  call: C,
  ...[given]: Giving<C>
): Promise<Answer<AnswerOf<C>>> {
  const reply = await send(call, given)
  if ('refused' in reply) return reply
  try {
    return { value: (await reply.value.json()) as AnswerOf<C> }
  } catch {
    return { refused: 'not-ours' }
  }
}

/** The same, for calls that are answered with a file. */
export function askFile<C extends OfficeFileCall>(call: C, ...[given]: Giving<C>): Promise<Answer<Response>> {
  return send(call, given)
}

interface Sent {
  readonly body?: object | undefined
  readonly signal?: AbortSignal
}

async function send(call: OfficeCall, given: Sent | undefined): Promise<Answer<Response>> {
  const { body, signal, ...named } = given ?? {}
  const params = named as Readonly<Record<string, unknown>>
  const [method = 'GET', path = ''] = call.split(' ')
  const filledIn = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
  let reply: Response
  try {
    reply = await fetch(`/v2/admin${filledIn}`, {
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
