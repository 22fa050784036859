import type { FormDocument } from '#instruments/form-document'
import { sha256, toBase64Url } from '#protocol/bytes'
import { isRecord, parseJson } from '#protocol/json'

/** Documents and emblems that this device fetched, so that its round can be answered and reloaded without a network. */
export const DOCUMENTS_CACHE = 'prongsai-instruments'

/**
 * A questionnaire with its words, by the hash in the manifest, from this device or from the collector. What does not have
 * that hash is nobody's questionnaire: it is not shown and not kept. Null when the collector has none; rejects when it
 * cannot be asked now.
 */
export async function fetchDocument(hash: string): Promise<FormDocument | null> {
  const address = `/v2/instruments/${hash}`
  // a device without room for it, or without such a store, answers all the same while it is online
  const kept = await caches.open(DOCUMENTS_CACHE).catch(() => null)
  const known = await kept?.match(address).catch(() => undefined)
  if (known) {
    const document = await readDocument(await known.arrayBuffer(), hash)
    if (document) return document
    await kept?.delete(address).catch(() => undefined)
  }
  const reply = await fetch(address, { credentials: 'omit', cache: 'no-store' })
  if (reply.status === 404) return null
  if (!reply.ok) throw new Error('the collector does not answer')
  const bytes = await reply.arrayBuffer()
  const document = await readDocument(bytes, hash)
  const response = new Response(bytes, { headers: { 'content-type': 'application/json' } })
  if (document) await kept?.put(address, response).catch(() => undefined)
  return document
}

/** The bytes are exactly those that were hashed: canonical JSON has one form only. */
async function readDocument(bytes: ArrayBuffer, hash: string): Promise<FormDocument | null> {
  const text = new Uint8Array(bytes)
  if (toBase64Url(await sha256(text)) !== hash) return null
  const value = parseJson(text)
  return isRecord(value) && isRecord(value.form) && isRecord(value.words) ? (value as unknown as FormDocument) : null
}
