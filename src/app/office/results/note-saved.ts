import { ask, type Given } from '../asking/ask.ts'

type Note = Given<'POST /rounds/:cid/exported'>

const AGAIN_MS = 60_000

/** What the log has not been told yet, because nobody answered. As long as the page is open. */
const waiting: Note[] = []
let timer: ReturnType<typeof setTimeout> | undefined

/** Tells the log what left the room, now or when the collector can be reached again. */
export function noteSaved(cid: string, what: Note['body']['what'], rows: Note['body']['rows']): void {
  waiting.push({ cid, body: { what, rows } })
  void tell()
}

async function tell(): Promise<void> {
  clearTimeout(timer)
  for (const note of [...waiting]) {
    const answer = await ask('POST /rounds/:cid/exported', note)
    // a refusal, too, is tried again: after the next proof it goes through
    if ('value' in answer) waiting.splice(waiting.indexOf(note), 1)
  }
  if (waiting.length > 0) timer = setTimeout(() => void tell(), AGAIN_MS)
}

window.addEventListener('online', () => void tell())
