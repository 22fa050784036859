import { randomBytes } from 'node:crypto'
import type { Opened, Response } from '#results/open-responses'

/** A response as if it had been opened, with a ticket of its own. */
export function counted(response: Response): Opened {
  return { response, ticket: new Uint8Array(randomBytes(32)) }
}
