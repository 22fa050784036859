/** An error a person can mend: one line, what is wrong and how to mend it. Exit code 1; wrong usage is 2. */
export class Failure extends Error {
  readonly exitCode: 1 | 2

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message)
    this.name = 'Failure'
    this.exitCode = exitCode
  }
}
