import { fromBase64Url, toBase64Url } from '#protocol/bytes'
import type { InstrumentsDocument } from '../box/instruments-store.ts'
import { ActRefused } from '../campaigns/act-refused.ts'
import type { Parts } from '../installation/data-folder.ts'

/** A year's instruments that the agency brought itself, as the log of acts tells it. */
export interface ImportedInstruments {
  readonly id: string
  /** SHA-256 of its document, base64url. */
  readonly hash: string
  readonly by: string
  /** Who else looked at it; null: no round begins with it yet. */
  readonly confirmedBy: string | null
}

/** What an importer made of a file: its id, the document itself and those of its questionnaires. */
export interface NewInstruments {
  readonly id: string
  readonly document: InstrumentsDocument
  readonly parts: readonly InstrumentsDocument[]
}

type Here = Pick<Parts, 'acts' | 'box'>

/** All that were imported and not withdrawn, the earliest first. */
export async function importedInstruments({ acts }: Pick<Parts, 'acts'>): Promise<ImportedInstruments[]> {
  const found = new Map<string, ImportedInstruments>()
  for (const { act } of await acts.all()) {
    const { id, hash } = act.facts ?? {}
    if (typeof hash !== 'string') continue
    const known = found.get(hash)
    if (act.act === 'instruments-imported' && typeof id === 'string')
      found.set(hash, { id, hash, by: act.by, confirmedBy: null })
    if (act.act === 'instruments-confirmed' && known) found.set(hash, { ...known, confirmedBy: act.by })
    if (act.act === 'instruments-withdrawn') found.delete(hash)
  }
  return [...found.values()]
}

/** Keeps imported instruments, for a second person to look at. Throws an ActRefused when the id stands for something else. */
export async function importInstruments(
  here: Here,
  { id, document, parts }: NewInstruments,
  by: string,
): Promise<void> {
  if (!here.box) throw new ActRefused('instruments are kept where the box is', 'wrong-state')
  const hash = toBase64Url(document.hash)
  const known = (await importedInstruments(here)).filter((one) => one.id === id)
  if (known.some((one) => one.hash === hash)) return
  if (known.length > 0 || (await wasConfirmed(here, { id, hash })))
    throw new ActRefused(`there are instruments ${id}; withdraw them first`, 'instruments-id-taken')
  await here.box.instruments.keep([document, ...parts])
  await here.acts.write({ by, act: 'instruments-imported', facts: { id, hash } })
}

/** Whether rounds may ask something else by this id: it was confirmed once, even if it was withdrawn since. */
async function wasConfirmed({ acts }: Here, { id, hash }: Pick<ImportedInstruments, 'id' | 'hash'>): Promise<boolean> {
  return (await acts.all()).some(
    ({ act }) => act.act === 'instruments-confirmed' && act.facts?.id === id && act.facts.hash !== hash,
  )
}

/** A second person has compared them with the manual. Throws an ActRefused for the one who imported them. */
export async function confirmInstruments(here: Here, hash: string, by: string): Promise<void> {
  const found = await knownOrRefuse(here, hash)
  if (found.by === by) throw new ActRefused('somebody else confirms what was imported', 'instruments-need-second')
  if (found.confirmedBy === null)
    await here.acts.write({ by, act: 'instruments-confirmed', facts: { id: found.id, hash } })
}

/** No round begins with them any more; rounds that ask them go on. */
export async function withdrawInstruments(here: Here, hash: string, by: string): Promise<void> {
  const { id } = await knownOrRefuse(here, hash)
  await here.acts.write({ by, act: 'instruments-withdrawn', facts: { id, hash } })
}

async function knownOrRefuse(here: Here, hash: string): Promise<ImportedInstruments> {
  const found = (await importedInstruments(here)).find((one) => one.hash === hash)
  if (!found) throw new ActRefused('there are no such instruments', 'instruments-unknown')
  return found
}

/** The text of a document that is kept here; null where it is not. */
export async function instrumentsText({ box }: Pick<Parts, 'box'>, hash: string): Promise<string | null> {
  const bytes = fromBase64Url(hash, 32)
  return bytes && box ? box.instruments.read(bytes) : null
}
