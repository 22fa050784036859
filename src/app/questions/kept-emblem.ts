import { useEffect, useState } from 'react'
import { sha256, toBase64Url } from '#protocol/bytes'
import { DOCUMENTS_CACHE } from './kept-forms.ts'

/** Tells screens that are shown already. */
const news = new EventTarget()
const KEPT = 'kept'

const PATIENCE_MS = 4000

const addressOf = (hash: string) => `/v2/emblems/${hash}`

/**
 * Fetches the emblem of a round, once, and keeps it on this device where it has the hash of the manifest. A round without its
 * emblem can be answered all the same: it is waited for a little while, and not asked for again until the page is loaded anew.
 */
export async function keepEmblem(hash: string): Promise<void> {
  try {
    const kept = await caches.open(DOCUMENTS_CACHE)
    if (await kept.match(addressOf(hash))) return
    const bytes = await fetchSoon(addressOf(hash))
    if (!bytes || !(await isOf(hash, bytes))) return
    await kept.put(addressOf(hash), new Response(bytes))
    news.dispatchEvent(new Event(KEPT))
  } catch {
    // no network, or no room for it
  }
}

/** What comes within that time; a network that trickles keeps nobody from answering. */
async function fetchSoon(address: string): Promise<ArrayBuffer | null> {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS)
  try {
    const reply = await fetch(address, { credentials: 'omit', cache: 'no-store', signal: patience.signal })
    return reply.ok ? await reply.arrayBuffer() : null
  } finally {
    clearTimeout(timer)
  }
}

/** The emblem as this device keeps it, as a picture's address; null where there is none, `looking` at first. Fetches nothing. */
export function useEmblem(hash: string | undefined): string | null {
  const [picture, setPicture] = useState<string | null>(hash ? 'looking' : null)
  useEffect(() => {
    let over = false
    const show = (found: string | null) => {
      if (!over) setPicture(found)
    }
    const look = () => {
      if (hash) void keptPicture(hash).then(show, () => show(null))
    }
    look()
    news.addEventListener(KEPT, look)
    return () => {
      over = true
      news.removeEventListener(KEPT, look)
    }
  }, [hash])
  return picture
}

async function keptPicture(hash: string): Promise<string | null> {
  const kept = await (await caches.open(DOCUMENTS_CACHE)).match(addressOf(hash))
  const bytes = await kept?.arrayBuffer()
  return bytes && (await isOf(hash, bytes)) ? pictureOf(toBase64Url(new Uint8Array(bytes))) : null
}

async function isOf(hash: string, bytes: ArrayBuffer): Promise<boolean> {
  return toBase64Url(await sha256(new Uint8Array(bytes))) === hash
}

/** A PNG (base64url) as a picture's address: the page's policy lets pictures be data, and no other page's. */
export function pictureOf(png: string): string {
  return `data:image/png;base64,${png.replaceAll('-', '+').replaceAll('_', '/')}`
}
