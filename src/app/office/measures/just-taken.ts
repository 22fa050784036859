/** Measures that this page took from the library: shown open once, to be made one's own. */
const taken = new Set<string>()

export function noteTaken(id: string): void {
  taken.add(id)
}

/** Whether a measure was only just taken; asked once. */
export function wasTaken(id: string): boolean {
  return taken.delete(id)
}
