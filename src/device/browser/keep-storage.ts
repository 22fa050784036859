/** Firefox may leave its question open for ever. */
const TIMEOUT_MS = 3000

/** Asks the browser not to evict what is stored, after a gesture. Never waits long and never matters for correctness. */
export async function keepStorage(): Promise<void> {
  // WebKitGTK has no navigator.storage at all
  const asked = navigator.storage?.persist?.() ?? Promise.resolve(false)
  const timeout = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), TIMEOUT_MS))
  await Promise.race([asked, timeout]).catch(() => false)
}
