/** How often something happened since the collector started, for its maintainer. Rounded, and never with a time. */
export class RequestCounts {
  readonly #counts = new Map<string, number>()

  add(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1)
  }

  /** Rounded down to five, so that no single person shows; what happened less often is left out. */
  line(): string {
    const rounded = [...this.#counts].map(([what, count]) => [what, count - (count % 5)] as const)
    return rounded
      .filter(([, count]) => count > 0)
      .map(([what, count]) => `${what} ${count}`)
      .sort()
      .join(', ')
  }
}
