import { type Bytes, fromBase64Url, toBase64Url, utf8 } from '#protocol/bytes'
import type { Device } from '../device.ts'
import type { PinRecord } from '../store.ts'
import { changeTablet } from './tablet.ts'

export type PinAnswer = { readonly right: true } | { readonly right: false; readonly waitMs: number }

/** A PIN keeps visitors out of the officer's panel; it protects no answer. Slow all the same. */
const ROUNDS = 200_000

/** The first wrong tries are slips of the finger. */
const FREE_TRIES = 3
const LONGEST_WAIT_MS = 5 * 60_000

/** Whether this can be a PIN: four to eight digits. */
export function isPin(text: string): boolean {
  return /^\d{4,8}$/.test(text)
}

/** Sets the officer's PIN. */
export async function setPin(device: Device, pin: string): Promise<void> {
  const salt = device.random.bytes(16)
  const record: PinRecord = { salt: toBase64Url(salt), hash: await hashOf(pin, salt), wrong: 0, waitUntilMs: 0 }
  await update(device, () => record)
}

/** Tries a PIN. After three wrong ones each further try must wait, twice as long each time. */
export async function tryPin(device: Device, pin: string): Promise<PinAnswer> {
  const now = device.clock.now()
  const stored = await device.store.transact(
    'relaxed',
    ['tablet'],
    async (tx) => (await tx.get('tablet', 'tablet'))?.pin,
  )
  if (!stored) return { right: false, waitMs: 0 }
  const waitMs = stored.waitUntilMs === 0 ? 0 : stored.waitUntilMs - now
  if (waitMs > LONGEST_WAIT_MS) {
    // the clock was set back: that must not lock an officer out for a year
    await update(device, (record) => ({ ...record, waitUntilMs: now + LONGEST_WAIT_MS }))
    return { right: false, waitMs: LONGEST_WAIT_MS }
  }
  if (waitMs > 0) return { right: false, waitMs }
  const salt = fromBase64Url(stored.salt, 16)
  if (salt && (await hashOf(pin, salt)) === stored.hash) {
    // a full storage forgets no wrong tries, but it must not lock the officer out either: the rescue is behind this PIN
    await update(device, (record) => ({ ...record, wrong: 0, waitUntilMs: 0 })).catch(() => undefined)
    return { right: true }
  }
  const wrong = stored.wrong + 1
  const nextWaitMs = wrong < FREE_TRIES ? 0 : Math.min(1000 * 2 ** (wrong - FREE_TRIES + 1), LONGEST_WAIT_MS)
  await update(device, (record) => ({ ...record, wrong, waitUntilMs: nextWaitMs === 0 ? 0 : now + nextWaitMs }))
  return { right: false, waitMs: nextWaitMs }
}

function update(device: Device, change: (pin: PinRecord) => PinRecord): Promise<void> {
  const empty: PinRecord = { salt: '', hash: '', wrong: 0, waitUntilMs: 0 }
  return changeTablet(device, (tablet) => ({ ...tablet, pin: change(tablet.pin ?? empty) }))
}

async function hashOf(pin: string, salt: Uint8Array): Promise<string> {
  const key = await crypto.subtle.importKey('raw', utf8(pin), 'PBKDF2', false, ['deriveBits'])
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt: salt as Bytes, iterations: ROUNDS },
    key,
    256,
  )
  return toBase64Url(new Uint8Array(bits))
}
