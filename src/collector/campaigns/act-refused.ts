/** Why an act cannot be done now: for a terminal in words, for a screen by its name. */
export class ActRefused extends Error {
  readonly code: string | undefined

  constructor(message: string, code?: string) {
    super(message)
    this.name = 'ActRefused'
    this.code = code
  }
}
