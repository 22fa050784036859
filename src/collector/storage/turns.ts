/** One piece of work after the other, by name, within this process. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>()

  /** Does the work when all before it of that name is done, well or badly. */
  next<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name) ?? Promise.resolve()
    const done = before.catch(() => undefined).then(work)
    this.#last.set(name, done)
    const forget = () => {
      if (this.#last.get(name) === done) this.#last.delete(name)
    }
    done.then(forget, forget)
    return done
  }
}
