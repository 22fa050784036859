/** Work on one thing after another: two who ask in the same moment must not both find it undone. */
export class InTurn {
  readonly #last = new Map<string, Promise<unknown>>()

  /** Does the work when all that was begun before on the same thing has ended, however it ended. */
  async do<T>(thing: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(thing) ?? Promise.resolve()
    const mine = before.then(work, work)
    this.#last.set(thing, mine)
    try {
      return await mine
    } finally {
      if (this.#last.get(thing) === mine) this.#last.delete(thing)
    }
  }
}
