import { addYear, type YearDocument } from '#instruments/years'
import { sha256, toBase64Url, utf8 } from '#protocol/bytes'
import type { ImportedList } from '#protocol/office'
import { type Answer, ask } from './ask.ts'
import { addWordsOf } from './learn.ts'

/** All of them; those that a second person confirmed are known to this page from now on. */
export async function loadImported(): Promise<Answer<ImportedList>> {
  const answer = await ask('GET /instruments')
  return 'value' in answer ? { value: await knowImported(answer.value) } : answer
}

/** Makes confirmed ones known. A text that has not the hash beside it is nobody's: it is shown to nobody and confirmed by nobody. */
export async function knowImported({ instruments }: ImportedList): Promise<ImportedList> {
  const checked = await Promise.all(
    instruments.map(async (one) => {
      const isIt = toBase64Url(await sha256(utf8(one.text))) === one.hash
      return isIt ? one : { ...one, text: '' }
    }),
  )
  for (const { hash, confirmedBy, text } of checked) {
    const document = documentIn(text)
    if (confirmedBy === null || !document) continue
    addYear(document, hash)
    addWordsOf(document)
  }
  return { instruments: checked }
}

/** The document of a listing; null where it cannot be read. */
export function documentIn(text: string): YearDocument | null {
  try {
    return JSON.parse(text) as YearDocument
  } catch {
    return null
  }
}
