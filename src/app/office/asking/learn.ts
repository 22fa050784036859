import { getI18n } from 'react-i18next'
import { addFormWords } from '#i18n/i18n.ts'
import type { YearDocument } from '#instruments/years'
import type { ManifestYear } from '#protocol/manifest'
import { learnInstruments } from '#results/round-forms'

/**
 * Makes known what rounds ask whose instruments do not come with this program, or come in other words. What cannot be had is
 * left out: the round then says that this program does not know its questions.
 */
export async function learnAll(all: readonly ManifestYear[]): Promise<void> {
  const named = new Map(all.map((one) => [one.hash, one]))
  for (const instruments of named.values()) await learn(instruments).catch(() => undefined)
}

async function learn(instruments: ManifestYear): Promise<void> {
  await learnInstruments(instruments, async (hash) => {
    const reply = await fetch(`/v2/instruments/${hash}`, { credentials: 'omit' })
    const text = reply.ok ? await reply.text() : null
    if (text !== null) addWordsOf(JSON.parse(text) as YearDocument)
    return text
  })
}

/** The words of a year's questionnaires, for the screens of the room. */
export function addWordsOf({ forms }: YearDocument): void {
  for (const { form, words } of forms) addFormWords(getI18n(), form.id, words)
}
