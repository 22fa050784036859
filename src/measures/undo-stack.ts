import type { RowContent } from '#protocol/measures'
import { fieldOf, type HeldRow } from './held-row.ts'

/** What one change of this screen took away: the fields that it touched, as they were. */
export interface Undoable {
  readonly id: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly removed: boolean
}

interface Noted extends Undoable {
  readonly at: number
  /** Making or taking away a row is a change of its own. */
  readonly whole: boolean
}

/** Keystrokes in one row within this time are undone together. */
const ONE_CHANGE_MS = 4000

/** As far as anybody goes back. */
const MOST = 100

/** Changes of one screen, to be taken back one by one. What others wrote beside them stays. */
export class UndoStack {
  readonly #noted: Noted[] = []
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  get canUndo(): boolean {
    return this.#noted.length > 0
  }

  /** Notes a change before it is made. `row` is the row as it is; undefined for one that is only now made. */
  note(id: string, row: HeldRow | undefined, next: Pick<HeldRow, 'content' | 'removed'>): void {
    const at = this.#now()
    const whole = row === undefined || row.removed !== next.removed
    const fields = row ? touched(row.content, next.content) : {}
    const last = this.#noted[this.#noted.length - 1]
    if (last?.id === id && !whole && !last.whole && at - last.at < ONE_CHANGE_MS) {
      // as it was before the first keystroke
      this.#noted[this.#noted.length - 1] = { ...last, fields: { ...fields, ...last.fields }, at }
      return
    }
    this.#noted.push({ id, fields, removed: row?.removed ?? true, at, whole })
    if (this.#noted.length > MOST) this.#noted.shift()
  }

  pop(): Undoable | undefined {
    return this.#noted.pop()
  }
}

function touched(before: RowContent, after: RowContent): Record<string, unknown> {
  const fields = Object.keys(before).filter(
    (field) => JSON.stringify(fieldOf(before, field)) !== JSON.stringify(fieldOf(after, field)),
  )
  return Object.fromEntries(fields.map((field) => [field, fieldOf(before, field)]))
}
