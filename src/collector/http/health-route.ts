import type { FastifyInstance } from 'fastify'
import { PROTOCOL_VERSION } from '#protocol/messages'
import type { BoxStore } from '../box/box-store.ts'
import type { IssuerStore } from '../issuer/issuer-store.ts'

interface HealthParts {
  readonly issuer: IssuerStore | null
  readonly box: BoxStore | null
  readonly missingKeys?: () => number
}

/** `GET /v2/health`: whether each database that is used here answers, and the keys of all that runs are here. 503 otherwise. */
export function addHealthRoute(app: FastifyInstance, { issuer, box, missingKeys = () => 0 }: HealthParts): void {
  app.get('/v2/health', async (_request, reply) => {
    const halves = [issuer, box].flatMap((half) => half?.campaigns ?? [])
    const answers = await Promise.allSettled(halves.map((half) => half.ping()))
    const ok = missingKeys() === 0 && answers.every(({ status }) => status === 'fulfilled')
    return reply.code(ok ? 200 : 503).send({ v: PROTOCOL_VERSION, ok })
  })
}
