import type { FastifyInstance } from 'fastify'
import type { EmblemStore } from '../box/emblem-store.ts'
import type { InstrumentsStore } from '../box/instruments-store.ts'
import { exactBytes } from './exact-base64.ts'
import { RefusalError } from './refusal.ts'
import { INSTRUMENTS_PARAMS } from './schemas.ts'

/** Named by its hash, so it never changes; without an ETag, which would be a mark to recognise a phone by. */
const KEPT_FOR_EVER = 'public, max-age=31536000, immutable'

/** What a round asks, for phones and openings whose program does not have it. The same for everybody. */
export function addInstrumentsRoute(app: FastifyInstance, instruments: InstrumentsStore): void {
  app.get<{ Params: { hash: string } }>(
    '/v2/instruments/:hash',
    { schema: { params: INSTRUMENTS_PARAMS } },
    async ({ params }, reply) => {
      const text = await instruments.read(exactBytes(params.hash))
      if (text === null) throw new RefusalError(404, 'not-published', 'this collector has no such document')
      // never on the connection that a delivery comes over later
      reply.header('connection', 'close').header('cache-control', KEPT_FOR_EVER)
      return reply.type('application/json').send(text)
    },
  )
}

/** The emblem that a manifest names. */
export function addEmblemRoute(app: FastifyInstance, emblems: EmblemStore): void {
  app.get<{ Params: { hash: string } }>(
    '/v2/emblems/:hash',
    { schema: { params: INSTRUMENTS_PARAMS } },
    async ({ params }, reply) => {
      const png = await emblems.read(exactBytes(params.hash))
      if (png === null) throw new RefusalError(404, 'not-published', 'this collector has no such emblem')
      reply.header('connection', 'close').header('cache-control', KEPT_FOR_EVER)
      return reply.type('image/png').send(png)
    },
  )
}
