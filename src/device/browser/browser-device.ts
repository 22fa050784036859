import type { Device } from '../device.ts'
import { makeDexieStore } from './dexie-store.ts'
import type { DatabaseName } from './schema.ts'

/** The device core's view of this browser. */
export function makeBrowserDevice(database: DatabaseName = 'prongsai'): Device {
  return {
    origin: location.origin,
    store: makeDexieStore(database),
    fetch: (input, init) => fetch(input, init),
    clock: {
      now: () => Date.now(),
      schedule(delayMs, run) {
        const timer = setTimeout(run, delayMs)
        return () => clearTimeout(timer)
      },
    },
    random: {
      bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
      fraction: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
    },
    lock: { exclusively: exclusively },
  }
}

/** Web Locks where there are any (not in Safari before 15.4); without them two tabs may both send, which is harmless. */
async function exclusively<T>(name: string, work: () => Promise<T>): Promise<T | 'busy'> {
  if (!navigator.locks) return work()
  return navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : ('busy' as const)))
}
