import type { MeasureRow, MeasureRows, RowChange, RowContent } from '#protocol/measures'
import { faultOf, fieldOf, type HeldRow, isWaiting, newRow, sameContent, savedRow, toSave } from './held-row.ts'
import { mergeRow } from './merge.ts'
import { UndoStack } from './undo-stack.ts'
import { readKept, writeKept } from './unsent.ts'

/** An answer of the collector, or why there is none. */
export type DeskAnswer<T> = { readonly value: T } | { readonly refused: string }

/** What the desk needs of the world around it. */
export interface DeskWorld {
  readonly load: (seq: number) => Promise<DeskAnswer<MeasureRows>>
  readonly save: (change: RowChange) => Promise<DeskAnswer<{ readonly row: MeasureRow }>>
  /** Where changes wait that are not saved yet, each by its row: they outlive a session and a reload. */
  readonly unsent: {
    readonly read: () => readonly string[]
    /** Keeps one row's change, or forgets it; false when the device has no room. */
    readonly write: (row: string, text: string | null) => boolean
  }
  /** Ms of a steady clock. */
  readonly now: () => number
}

/** What the screen shows; a new object with every change. */
export interface DeskState {
  readonly rows: ReadonlyMap<string, HeldRow>
  /** Whether everything has come once. */
  readonly loaded: boolean
  /** Why something is not saved, or could not be asked for. */
  readonly refused: string | null
  /** Whether the device keeps what is not saved. */
  readonly kept: boolean
  /** Changes of others that came since the page was opened, the latest first. */
  readonly others: readonly MeasureRow[]
  readonly canUndo: boolean
}

/** Refusals that are about one row: the others are saved all the same. */
const ABOUT_A_ROW = new Set(['rows-full', 'bad-request', 'act-refused'])

/**
 * The action plan on one screen: changed at once, saved a moment later, put together with what others saved meanwhile. Nothing
 * that was typed is lost: what is not saved waits on the device; where another person wrote in the same text, theirs stays saved
 * and one's own stays on the screen until one has decided.
 */
export class PlanDesk {
  readonly #world: DeskWorld
  readonly #heard = new Set<() => void>()
  readonly #undo: UndoStack
  /** What was sent last, by row: an answer that was lost is no other person's change. */
  readonly #sent = new Map<string, RowContent>()
  #seq = 0
  #busy: Promise<void> | null = null
  #state: DeskState = { rows: new Map(), loaded: false, refused: null, kept: true, others: [], canUndo: false }

  constructor(world: DeskWorld) {
    this.#world = world
    this.#undo = new UndoStack(world.now)
    const rows = world.unsent.read().flatMap((text) => {
      const kept = readKept(text)
      return kept ? [[kept.id, { ...kept, isOwn: true, fault: faultOf(kept.content) }] as const] : []
    })
    this.#state = { ...this.#state, rows: new Map<string, HeldRow>(rows) }
  }

  readonly subscribe = (heard: () => void): (() => void) => {
    this.#heard.add(heard)
    return () => this.#heard.delete(heard)
  }

  readonly state = (): DeskState => this.#state

  /** Changes a row, or makes one. It is on the screen at once, and kept on the device. */
  change(id: string, content: RowContent, removed = false): void {
    this.changeAll([{ id, content, removed }])
  }

  /** Changes several rows together. */
  changeAll(
    changes: readonly { readonly id: string; readonly content: RowContent; readonly removed?: boolean }[],
  ): void {
    const rows = changes.map(({ id, content, removed = false }) => {
      const row = this.#state.rows.get(id)
      this.#undo.note(id, row, { content, removed })
      return { ...(row ?? newRow(id, content)), content, removed, isOwn: true, fault: faultOf(content) }
    })
    this.#set(rows)
  }

  /** Decides about a text that somebody else changed, too: their words, or one's own. */
  settle(id: string, field: string, taken: 'theirs' | 'own'): void {
    const row = this.#state.rows.get(id)
    const conflict = row?.conflicts[field]
    if (!row || !conflict) return
    const { [field]: _, ...conflicts } = row.conflicts
    const content = taken === 'own' ? row.content : ({ ...row.content, [field]: conflict.theirs } as RowContent)
    this.#set([{ ...row, content, conflicts, fault: faultOf(content) }])
  }

  /** Takes back the last change of this screen: its fields only, whatever others wrote beside them. */
  undo(): void {
    const last = this.#undo.pop()
    const row = last && this.#state.rows.get(last.id)
    if (!last || !row) {
      this.#tell({})
      return
    }
    const content = { ...row.content, ...last.fields } as RowContent
    this.#set([{ ...row, content, removed: last.removed, isOwn: true, fault: faultOf(content) }])
  }

  /** Saves what is not saved yet, and asks for what others saved. One at a time. */
  sync(): Promise<void> {
    this.#busy ??= this.#syncOnce().finally(() => {
      this.#busy = null
    })
    return this.#busy
  }

  async #syncOnce(): Promise<void> {
    // a few times: each round may be overtaken by somebody else's change
    for (let round = 0; round < 4; round += 1) {
      if (!(await this.#refresh())) return
      const waiting = [...this.#state.rows.values()].filter(isWaiting)
      if (waiting.length === 0 || !(await this.#saveAll(waiting))) return
    }
  }

  /** Whether one of them was overtaken by somebody else's change. */
  async #saveAll(waiting: readonly HeldRow[]): Promise<boolean> {
    let isOvertaken = false
    let refused: string | null = null
    for (const { id, removed, saved } of waiting) {
      const row = this.#state.rows.get(id)
      if (!row) continue
      const content = toSave(row)
      this.#sent.set(id, content)
      const answer = await this.#world.save({ id, version: saved?.version ?? 0, removed, content })
      if ('value' in answer) this.#took(answer.value.row)
      else if (answer.refused === 'row-changed') isOvertaken = true
      else {
        refused = answer.refused
        if (!ABOUT_A_ROW.has(refused)) break
        this.#refuse(id)
      }
    }
    this.#tell({ refused })
    return isOvertaken && refused === null
  }

  /** A row that is not taken waits until it is changed; one that nobody has, and that is gone again, is forgotten. */
  #refuse(id: string): void {
    const row = this.#state.rows.get(id)
    if (!row) return
    if (row.saved !== null || !row.removed) {
      this.#set([{ ...row, fault: 'refused' }])
      return
    }
    const rows = new Map(this.#state.rows)
    rows.delete(id)
    this.#world.unsent.write(id, null)
    this.#tell({ rows })
  }

  /** What was sent is saved; what was typed since then, and what waits for a decision, is not. */
  #took(row: MeasureRow): void {
    const held = this.#state.rows.get(row.id)
    if (!held) return
    const isOwn = !sameContent(held.content, row.content) || held.removed !== row.removed
    this.#set([{ ...held, saved: row, base: row.content, isOwn }])
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
    const others = news.filter((row) => {
      const sent = this.#sent.get(row.id)
      const isMine = sent !== undefined && sameContent(sent, row.content)
      if (isMine) this.#took(row)
      return !isMine
    })
    this.#set(others.map((row) => this.#with(row)))
    const seen = wasLoaded ? [...others].reverse() : []
    this.#tell({ loaded: true, refused: null, others: [...seen, ...this.#state.others].slice(0, 20) })
    return true
  }

  /** A row that somebody else saved, put together with what is not saved here. */
  #with(row: MeasureRow): HeldRow {
    const held = this.#state.rows.get(row.id)
    // where somebody wrote on in what was to be taken away here, it stays
    if (!held?.isOwn || held.content.kind !== row.content.kind || (held.removed && !row.removed)) return savedRow(row)
    const { content, conflicts } = mergeRow(held.base, held.content, row.content)
    const theirs = Object.fromEntries(
      conflicts.map((field) => [field, { by: row.by, theirs: fieldOf(row.content, field) }]),
    )
    const fault = faultOf(content)
    return { ...held, saved: row, base: row.content, content, fault, conflicts: { ...held.conflicts, ...theirs } }
  }

  #set(rows: readonly HeldRow[]): void {
    let kept = this.#state.kept
    for (const row of rows) {
      if (row.isOwn) kept = this.#world.unsent.write(row.id, writeKept(row))
      // only what this screen kept: another one of the same person may still wait with its own
      else if (this.#state.rows.get(row.id)?.isOwn) this.#world.unsent.write(row.id, null)
    }
    this.#tell({ kept, rows: new Map([...this.#state.rows, ...rows.map((row) => [row.id, row] as const)]) })
  }

  #tell(news: Partial<DeskState>): void {
    this.#state = { ...this.#state, ...news, canUndo: this.#undo.canUndo }
    for (const heard of this.#heard) heard()
  }
}
