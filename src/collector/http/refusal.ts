import type { Refusal } from '#protocol/messages'
import type { OfficeRefusal } from '#protocol/office'

/** A request that is refused in the protocol's own words. */
export class RefusalError extends Error {
  readonly statusCode: number
  readonly refusal: Refusal | OfficeRefusal
  readonly retryAfterSeconds: number | undefined

  constructor(statusCode: number, refusal: Refusal | OfficeRefusal, message: string, retryAfterSeconds?: number) {
    super(message)
    this.name = 'RefusalError'
    this.statusCode = statusCode
    this.refusal = refusal
    this.retryAfterSeconds = retryAfterSeconds
  }
}
