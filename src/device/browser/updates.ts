/** Lets a new version that waits take over; `then` is called when it has, and the page must be loaded anew. */
export type ApplyUpdate = (then: () => void) => void

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string }
}

const WORKER_URL = '/sw.js'

/**
 * Registers the service worker and reports a new version when one waits. It is applied only when the page says so,
 * at a safe moment; until then the running version keeps its files.
 */
export async function watchForUpdates(onWaiting: (apply: ApplyUpdate) => void): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  try {
    const registration = await navigator.serviceWorker.register(workerUrl(), { scope: '/', updateViaCache: 'none' })
    reportWaiting(registration, onWaiting)
    registration.addEventListener('updatefound', () => {
      const installing = registration.installing
      installing?.addEventListener('statechange', () => reportWaiting(registration, onWaiting))
    })
  } catch {
    // without a worker everything works but a reload without network; there is nothing a person could do about it
  }
}

function reportWaiting(registration: ServiceWorkerRegistration, onWaiting: (apply: ApplyUpdate) => void): void {
  const { waiting, active } = registration
  // the very first worker has nobody to wait for; Firefox still calls it waiting when it has become the active one
  if (!waiting || !active || waiting.state !== 'installed' || !navigator.serviceWorker.controller) return
  onWaiting((then) => {
    navigator.serviceWorker.addEventListener('controllerchange', then, { once: true })
    waiting.postMessage('apply-update')
  })
}

/** The page's one Trusted Types policy: it lets exactly the worker's own address through. */
function workerUrl(): string {
  const { trustedTypes } = window as { trustedTypes?: TrustedTypes }
  const rules = {
    createScriptURL(url: string) {
      if (url !== WORKER_URL) throw new TypeError('only the app’s own worker')
      return url
    },
  }
  return trustedTypes?.createPolicy('prongsai-worker', rules).createScriptURL(WORKER_URL) ?? WORKER_URL
}
