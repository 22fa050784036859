import type { RowsAre } from '#results/release'
import { post } from '../asking/ask.ts'

interface Note {
  readonly cid: string
  readonly what: string
  readonly rows: RowsAre | 'none'
}

const AGAIN_MS = 60_000

/** What the log has not been told yet, because nobody answered. As long as the page is open. */
const waiting: Note[] = []
let timer: ReturnType<typeof setTimeout> | undefined

/** Tells the log what left the room, now or when the collector can be reached again. */
export function noteSaved(cid: string, what: string, rows: Note['rows']): void {
  waiting.push({ cid, what, rows })
  void tell()
}

async function tell(): Promise<void> {
  clearTimeout(timer)
  for (const note of [...waiting]) {
    const answer = await post(`/rounds/${note.cid}/exported`, { what: note.what, rows: note.rows })
    // a refusal, too, is tried again: after the next proof it goes through
    if ('value' in answer) waiting.splice(waiting.indexOf(note), 1)
  }
  if (waiting.length > 0) timer = setTimeout(() => void tell(), AGAIN_MS)
}

window.addEventListener('online', () => void tell())
