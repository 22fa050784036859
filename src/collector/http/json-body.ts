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
    else if (holdsHalfCharacters(body as Buffer, value))
      done(new RefusalError(400, 'bad-request', 'a text holds half a character'))
    else done(null, value)
  })
}

/** An escaped half of a surrogate pair: it is no text that anything could store. Looked for only where there are such escapes. */
function holdsHalfCharacters(body: Buffer, value: unknown): boolean {
  // written out again, whole pairs are characters and only a half is still an escape
  return /\\u[dD][89abAB]|\\u[dD][c-fC-F]/.test(body.toString('latin1')) && /\\ud[89a-f]/.test(JSON.stringify(value))
}
