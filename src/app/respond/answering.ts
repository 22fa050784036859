import type { i18n } from 'i18next'
import { loadCryptography } from '#device/ticket'
import { loadWords } from '#i18n/i18n.ts'
import { fetchNewestForms } from '#questions/forms.ts'
import type { AnswerFlow } from './answer-flow.tsx'
import { loadMorePages } from './more-pages.ts'

let flow: typeof AnswerFlow | null = null

/**
 * Fetches, while the person reads the promise, all that answering needs beside its round's questions: the screens, blinding
 * and sealing. The first screen says "ready" only after this; from then on nothing is fetched.
 * False when it cannot be had now.
 */
export async function loadAnswering(instance: i18n): Promise<boolean> {
  try {
    const [{ AnswerFlow }, cryptography] = await Promise.all([
      import('./answer-flow.tsx'),
      loadCryptography(),
      loadWords(instance, 'respond'),
      loadMorePages(instance),
      fetchNewestForms(instance),
    ])
    flow = AnswerFlow
    return cryptography
  } catch {
    return false
  }
}

/** The loaded form. Throws before `loadAnswering` has answered true, which no screen allows. */
export function answerFlow(): typeof AnswerFlow {
  if (!flow) throw new Error('answering began before it was loaded')
  return flow
}
