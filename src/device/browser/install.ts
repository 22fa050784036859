/** Chromium's offer to install, kept until somebody wants it. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>
}

let offer: InstallOffer | null = null
const waiting = new Set<() => void>()

/** Catches the browser's offer to install; it comes once, early, and unasked. */
export function catchInstallOffer(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    // offered by the officer's page instead, where it is explained
    event.preventDefault()
    offer = event as InstallOffer
    for (const tell of waiting) tell()
  })
}

/** Calls back when an offer comes. Answers how to stop. */
export function onInstallOffer(tell: () => void): () => void {
  waiting.add(tell)
  return () => void waiting.delete(tell)
}

export function hasInstallOffer(): boolean {
  return offer !== null
}

/** Asks to install. The browser takes each offer once. */
export async function install(): Promise<void> {
  const current = offer
  offer = null
  for (const tell of waiting) tell()
  await current?.prompt().catch(() => undefined)
}

/**
 * An iPhone or iPad in a tab: Safari deletes what a page stored after seven days without a visit, and an app on the home
 * screen has a storage of its own. So nothing is enrolled before it is opened from there.
 */
export function mustInstallFirst(): boolean {
  return 'standalone' in navigator && navigator.standalone === false
}
