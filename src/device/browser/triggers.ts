import type { Sync } from '../delivery/sync.ts'

/** Sends when the browser hints that it could work: network back, page shown again. Answers how to stop listening. */
export function sendOnHints(sync: Sync): () => void {
  const send = () => void sync.sendNow()
  const sendWhenShown = () => {
    if (document.visibilityState === 'visible') send()
  }
  window.addEventListener('online', send)
  window.addEventListener('pageshow', send)
  document.addEventListener('visibilitychange', sendWhenShown)
  return () => {
    window.removeEventListener('online', send)
    window.removeEventListener('pageshow', send)
    document.removeEventListener('visibilitychange', sendWhenShown)
  }
}
