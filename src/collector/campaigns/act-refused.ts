/** Why an act cannot be done now. */
export class ActRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ActRefused'
  }
}
