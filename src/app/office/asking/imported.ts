import { addYear, type YearDocument } from '#instruments/years'
import type { ImportedList } from '#protocol/office'
import { type Answer, ask } from './ask.ts'
import { addWordsOf } from './learn.ts'

/** All of them; those that a second person confirmed are known to this page from now on. */
export async function loadImported(): Promise<Answer<ImportedList>> {
  const answer = await ask('GET /instruments')
  if ('value' in answer) knowImported(answer.value)
  return answer
}

export function knowImported({ instruments }: ImportedList): void {
  for (const { hash, confirmedBy, text } of instruments) {
    const document = documentIn(text)
    if (confirmedBy === null || !document) continue
    addYear(document, hash)
    addWordsOf(document)
  }
}

/** The document of a listing; null where it cannot be read. */
export function documentIn(text: string): YearDocument | null {
  try {
    return JSON.parse(text) as YearDocument
  } catch {
    return null
  }
}
