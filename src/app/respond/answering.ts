import type { i18n } from 'i18next'
import { loadCryptography } from '#device/ticket'
import { loadWords } from '#i18n/i18n.ts'
import { fetchNewestForms } from '#questions/forms.ts'
import { loadMorePages } from './more-pages.ts'

/**
 * Fetches, while the person reads the promise, all that answering needs beside its round's questions: blinding and sealing,
 * the other language, the pages beside the way. The first screen says "ready" only after this; from then on nothing is fetched.
 * False when it cannot be had now.
 */
export async function loadAnswering(instance: i18n): Promise<boolean> {
  try {
    const [cryptography] = await Promise.all([
      loadCryptography(),
      loadWords(instance, 'respond'),
      loadMorePages(instance),
      fetchNewestForms(instance),
    ])
    return cryptography
  } catch {
    return false
  }
}
