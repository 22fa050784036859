import { useMemo } from 'react'
import { getI18n } from 'react-i18next'
import { addFormWords } from '#i18n/i18n.ts'
import { documentOf, type YearDocument, yearOf } from '#instruments/years'
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
  const isKnown = await learnInstruments(instruments, async (hash) => {
    const reply = await fetch(`/v2/instruments/${hash}`, { credentials: 'omit' })
    return reply.ok ? reply.text() : null
  })
  // only now: what has another hash is nobody's wording
  if (isKnown) addWordsOf(documentOf(instruments.id, instruments.hash))
}

/** Two rounds may ask other wordings under one id: on a round's page its own stand. */
export function useWordsOf(instruments: ManifestYear | undefined): void {
  const { id = '', hash = '' } = instruments ?? {}
  useMemo(() => {
    if (yearOf(id, hash)) addWordsOf(documentOf(id, hash))
  }, [id, hash])
}

/** The words of a year's questionnaires, for the screens of the room. They stand under the questionnaires' own ids and nowhere else. */
export function addWordsOf({ rules, forms }: YearDocument): void {
  for (const { form, words } of forms)
    if (form.id === `${form.instrument}-${rules.id}`) addFormWords(getI18n(), form.id, words)
}
