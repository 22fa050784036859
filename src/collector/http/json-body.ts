import type { FastifyInstance } from 'fastify'
import { parseJson } from '#protocol/json'
import { RefusalError } from './refusal.ts'

/** Reads JSON bodies as bytes, so that what is not UTF-8 is refused instead of quietly repaired. */
export function readJsonStrictly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    const value = parseJson(body as Buffer)
    if (value === undefined)
      done(new RefusalError(400, 'body-unreadable', 'the body is empty, cut off or not JSON in UTF-8'))
    else done(null, value)
  })
}
