import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { PROTOCOL_VERSION, type Refusal } from '#protocol/messages'
import type { OfficeRefusal } from '#protocol/office'
import { ANSWER_BYTES } from '#protocol/sizes'
import { ActRefused } from '../campaigns/act-refused.ts'
import type { RequestCounts } from '../installation/request-counts.ts'
import { SignInBusy } from '../office/password.ts'
import { isStorageFull } from '../storage/storage-full.ts'
import { RefusalError } from './refusal.ts'

/** Routes whose answers, good or bad, have one length. */
const ONE_LENGTH = new Set(['/v2/issue', '/v2/box'])

/** Gives every answer its form: refusals in the protocol's words, and one length where size could tell something. */
export function shapeAnswers(app: FastifyInstance, counters: RequestCounts): void {
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const { status, refusal, message, retryAfterSeconds } = judge(error)
    counters.add(refusal)
    if (retryAfterSeconds) reply.header('retry-after', retryAfterSeconds)
    return reply.code(status).send({ v: PROTOCOL_VERSION, error: refusal, message })
  })
  app.addHook('onResponse', async (request, reply) => {
    if (reply.statusCode === 200 && ONE_LENGTH.has(request.routeOptions.url ?? '')) counters.add('accepted')
  })
  app.addHook('onSend', async (request: FastifyRequest, reply: FastifyReply, payload: unknown) => {
    if (request.url.startsWith('/v2/') && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    const padded = typeof payload === 'string' && ONE_LENGTH.has(request.routeOptions.url ?? '')
    return padded ? payload.padEnd(ANSWER_BYTES, ' ') : payload
  })
}

interface Judgement {
  readonly status: number
  readonly refusal: Refusal | OfficeRefusal
  readonly message: string
  readonly retryAfterSeconds?: number | undefined
}

function judge(error: FastifyError): Judgement {
  if (error instanceof RefusalError) {
    const { statusCode: status, refusal, message, retryAfterSeconds } = error
    return { status, refusal, message, retryAfterSeconds }
  }
  if (error instanceof SignInBusy)
    return { status: 429, refusal: 'too-many-requests', message: error.message, retryAfterSeconds: 2 }
  // what is wrong with a key is told to whoever starts the collector, not to phones
  const isTold = error instanceof ActRefused && error.code !== 'intake-key'
  if (isTold) return { status: 409, refusal: 'act-refused', message: error.code ?? error.message }
  if (isStorageFull(error)) {
    return {
      status: 503,
      refusal: 'storage-full',
      message: 'nothing was stored: the disk is full',
      retryAfterSeconds: 60,
    }
  }
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return { status: 413, refusal: 'body-too-large', message: error.message }
  const status = error.statusCode ?? 500
  if (status < 500) return { status, refusal: 'bad-request', message: error.message }
  // the message of an unexpected error may quote data: it goes nowhere
  return {
    status: 503,
    refusal: 'server-error',
    message: 'nothing was stored; please try again later',
    retryAfterSeconds: 5,
  }
}
