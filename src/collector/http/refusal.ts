import type { Refusal } from '#protocol/messages'

/** A request that is refused in the protocol's own words. */
export class RefusalError extends Error {
  readonly statusCode: number
  readonly refusal: Refusal
  readonly retryAfterSeconds: number | undefined

  constructor(statusCode: number, refusal: Refusal, message: string, retryAfterSeconds?: number) {
    super(message)
    this.name = 'RefusalError'
    this.statusCode = statusCode
    this.refusal = refusal
    this.retryAfterSeconds = retryAfterSeconds
  }
}
