import { type MeasureRow, type MeasureRows, ROW_CONTENT, type RowChange, type RowContent } from '#protocol/measures'
import { isDescribed } from '#protocol/shapes'
import { mergeRow } from './merge.ts'
import { type KeptChange, readKept, writeKept } from './unsent.ts'

/** An answer of the collector, or why there is none. */
export type DeskAnswer<T> = { readonly value: T } | { readonly refused: string }

/** What the desk needs of the world around it. */
export interface DeskWorld {
  readonly load: (seq: number) => Promise<DeskAnswer<MeasureRows>>
  readonly save: (change: RowChange) => Promise<DeskAnswer<{ readonly row: MeasureRow }>>
  /** Where changes wait that are not saved yet: they outlive a session and a reload. */
  readonly unsent: { readonly read: () => string | null; readonly write: (text: string | null) => void }
  /** Ms of a steady clock. */
  readonly now: () => number
}

/** What somebody else wrote in a field that one changed, too, and who: by field, until one has decided. */
export type Conflicts = Readonly<Record<string, { readonly by: string; readonly theirs: unknown }>>

/** What one screen knows of a row. */
export interface HeldRow {
  readonly id: string
  /** As the collector last told it; null for one that it does not know yet. */
  readonly saved: MeasureRow | null
  readonly content: RowContent
  readonly removed: boolean
  /** Not saved yet. */
  readonly isOwn: boolean
  readonly conflicts: Conflicts
  /** Why the collector will not take it as it is. */
  readonly fault: 'not-valid' | null
}

/** What the screen shows; a new object with every change. */
export interface DeskState {
  readonly rows: ReadonlyMap<string, HeldRow>
  /** Whether everything has come once. */
  readonly loaded: boolean
  readonly saving: boolean
  /** Why something is not saved, or could not be asked for. */
  readonly refused: string | null
  /** Changes of others that came since the page was opened: by whom, the latest first. */
  readonly others: readonly MeasureRow[]
  readonly canUndo: boolean
}

interface Undoable {
  readonly id: string
  readonly before: { readonly content: RowContent; readonly removed: boolean }
  readonly at: number
}

/** Keystrokes in one row within this time are undone together. */
const ONE_CHANGE_MS = 4000

/** As far as anybody goes back. */
const MOST_UNDO = 100

/**
 * The action plan on one screen: changed at once, saved a moment later, put together with what others saved meanwhile. Nothing
 * that was typed is lost: what is not saved waits on the device, and a change of another person in the same field is shown
 * beside one's own.
 */
export class PlanDesk {
  readonly #world: DeskWorld
  readonly #heard = new Set<() => void>()
  readonly #undo: Undoable[] = []
  #seq = 0
  #busy: Promise<void> | null = null
  #state: DeskState = { rows: new Map(), loaded: false, saving: false, refused: null, others: [], canUndo: false }

  constructor(world: DeskWorld) {
    this.#world = world
    const rows = new Map<string, HeldRow>()
    for (const { id, content, removed, version } of readKept(world.unsent.read()))
      rows.set(id, { ...newRow(id, content), removed, saved: version === null ? null : version })
    this.#state = { ...this.#state, rows }
  }

  readonly subscribe = (heard: () => void): (() => void) => {
    this.#heard.add(heard)
    return () => this.#heard.delete(heard)
  }

  readonly state = (): DeskState => this.#state

  /** Changes a row, or makes one. It is on the screen at once, and kept on the device. */
  change(id: string, content: RowContent, removed = false): void {
    this.#remember(id, content)
    const row = this.#state.rows.get(id) ?? newRow(id, content)
    // a field that is changed again is decided
    const conflicts = Object.fromEntries(
      Object.entries(row.conflicts).filter(([field]) => fieldOf(content, field) === fieldOf(row.content, field)),
    )
    this.#set(id, { ...row, content, removed, conflicts, isOwn: true, fault: faultOf(content) })
  }

  /** Decides about a field that somebody else changed, too: their value, or one's own. */
  settle(id: string, field: string, taken: 'theirs' | 'own'): void {
    const row = this.#state.rows.get(id)
    const conflict = row?.conflicts[field]
    if (!row || !conflict) return
    const { [field]: _, ...conflicts } = row.conflicts
    this.#set(id, { ...row, conflicts })
    if (taken === 'theirs') this.change(id, { ...row.content, [field]: conflict.theirs } as RowContent)
  }

  /** Takes back the last change of this screen. */
  undo(): void {
    const last = this.#undo.pop()
    const row = last && this.#state.rows.get(last.id)
    if (!last || !row) return
    this.#set(last.id, { ...row, ...last.before, isOwn: true, fault: faultOf(last.before.content) })
  }

  /** Saves what is not saved yet, and asks for what others saved. One at a time. */
  sync(): Promise<void> {
    this.#busy ??= this.#syncOnce().finally(() => {
      this.#busy = null
    })
    return this.#busy
  }

  async #syncOnce(): Promise<void> {
    if (!(await this.#refresh())) return
    // a few times: each round may be overtaken by somebody else's change
    for (let round = 0; round < 3; round += 1) {
      const waiting = [...this.#state.rows.values()].filter(({ isOwn, fault }) => isOwn && fault === null)
      if (waiting.length === 0) return
      this.#tell({ saving: true })
      const isOvertaken = await this.#saveAll(waiting)
      this.#tell({ saving: false })
      if (!isOvertaken || !(await this.#refresh())) return
    }
  }

  /** Whether one of them was overtaken by somebody else's change. */
  async #saveAll(waiting: readonly HeldRow[]): Promise<boolean> {
    let isOvertaken = false
    for (const { id, content, removed, saved } of waiting) {
      const answer = await this.#world.save({ id, version: saved?.version ?? 0, removed, content })
      if ('value' in answer) this.#took(answer.value.row, content, removed)
      else if (answer.refused === 'row-changed') isOvertaken = true
      else {
        this.#tell({ refused: answer.refused })
        return false
      }
    }
    if (!isOvertaken) this.#tell({ refused: null })
    return isOvertaken
  }

  /** What was sent is saved; what was typed since then is not. */
  #took(row: MeasureRow, content: RowContent, removed: boolean): void {
    const held = this.#state.rows.get(row.id)
    if (!held) return
    const isOwn = held.content !== content || held.removed !== removed
    this.#set(row.id, { ...held, saved: row, isOwn })
  }

  async #refresh(): Promise<boolean> {
    const answer = await this.#world.load(this.#seq)
    if ('refused' in answer) {
      this.#tell({ refused: answer.refused })
      return false
    }
    const { seq, rows } = answer.value
    this.#seq = seq
    const wasLoaded = this.#state.loaded
    const news = rows.filter((row) => (this.#state.rows.get(row.id)?.saved?.version ?? 0) < row.version)
    for (const row of news) this.#came(row)
    const others = wasLoaded ? [...news].reverse() : []
    this.#tell({ loaded: true, refused: null, others: [...others, ...this.#state.others].slice(0, 20) })
    return true
  }

  /** A row came that somebody else saved: put together with what is not saved here. */
  #came(row: MeasureRow): void {
    const held = this.#state.rows.get(row.id)
    if (!held?.isOwn || held.content.kind !== row.content.kind) {
      this.#set(row.id, { ...newRow(row.id, row.content), saved: row, removed: row.removed, isOwn: false })
      return
    }
    // somebody wrote on in what was to be taken away here: it stays
    if (held.removed && !row.removed) {
      this.#set(row.id, { ...newRow(row.id, row.content), saved: row, isOwn: false })
      return
    }
    const { content, conflicts } = mergeRow(held.saved?.content ?? null, held.content, row.content)
    const theirs = Object.fromEntries(
      conflicts.map((field) => [field, { by: row.by, theirs: fieldOf(row.content, field) }]),
    )
    const fault = faultOf(content)
    this.#set(row.id, { ...held, saved: row, content, fault, conflicts: { ...held.conflicts, ...theirs } })
  }

  #remember(id: string, content: RowContent): void {
    const row = this.#state.rows.get(id)
    const before = row ? { content: row.content, removed: row.removed } : { content, removed: true }
    const last = this.#undo[this.#undo.length - 1]
    const at = this.#world.now()
    if (last?.id === id && at - last.at < ONE_CHANGE_MS && !before.removed) return
    this.#undo.push({ id, before, at })
    if (this.#undo.length > MOST_UNDO) this.#undo.shift()
  }

  #set(id: string, row: HeldRow): void {
    this.#tell({ rows: new Map(this.#state.rows).set(id, row) })
    const waiting: KeptChange[] = [...this.#state.rows.values()]
      .filter(({ isOwn }) => isOwn)
      .map(({ id: one, content, removed, saved }) => ({ id: one, content, removed, version: saved }))
    this.#world.unsent.write(writeKept(waiting))
  }

  #tell(news: Partial<DeskState>): void {
    this.#state = { ...this.#state, ...news, canUndo: this.#undo.length > 0 }
    for (const heard of this.#heard) heard()
  }
}

function newRow(id: string, content: RowContent): HeldRow {
  return { id, content, saved: null, removed: false, isOwn: true, conflicts: {}, fault: faultOf(content) }
}

function faultOf(content: RowContent): HeldRow['fault'] {
  return isDescribed(ROW_CONTENT, content) ? null : 'not-valid'
}

function fieldOf(content: RowContent, field: string): unknown {
  return (content as unknown as Readonly<Record<string, unknown>>)[field]
}
