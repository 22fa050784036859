import type { Act } from '#protocol/acts'
import { fromBase64Url, sha256, toBase64Url, utf8 } from '#protocol/bytes'
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
  return importedIn((await acts.about(undefined)).map(({ act }) => act))
}

function importedIn(acts: readonly Act[]): ImportedInstruments[] {
  const found = new Map<string, ImportedInstruments>()
  for (const { act, by, facts } of acts) {
    const { id, hash } = facts ?? {}
    if (typeof hash !== 'string') continue
    const known = found.get(hash)
    if (act === 'instruments-imported' && typeof id === 'string') found.set(hash, { id, hash, by, confirmedBy: null })
    if (act === 'instruments-confirmed' && known) found.set(hash, { ...known, confirmedBy: by })
    if (act === 'instruments-withdrawn') found.delete(hash)
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
  if ((await importedInstruments(here)).some((one) => one.hash === hash)) return
  await here.box.instruments.keep([document, ...parts])
  // looked at and written down in one: of two at once with one id, one is refused
  const written = await here.acts.writeUnless(
    { by, act: 'instruments-imported', facts: { id, hash } },
    (acts) => importedIn(acts).some((one) => one.id === id) || wasConfirmed(acts, { id, hash }),
  )
  if (written === null) throw new ActRefused(`there are instruments ${id}; withdraw them first`, 'instruments-id-taken')
}

/** Whether rounds may ask something else by this id: it was confirmed once, even if it was withdrawn since. */
function wasConfirmed(acts: readonly Act[], { id, hash }: Pick<ImportedInstruments, 'id' | 'hash'>): boolean {
  return acts.some(({ act, facts }) => act === 'instruments-confirmed' && facts?.id === id && facts.hash !== hash)
}

/** A second person has compared them with the manual. Throws an ActRefused for the one who imported them. */
export async function confirmInstruments(here: Here, hash: string, by: string): Promise<void> {
  const found = await knownOrRefuse(here, hash)
  if (found.by === by) throw new ActRefused('somebody else confirms what was imported', 'instruments-need-second')
  if (found.confirmedBy !== null) return
  const { id } = found
  const written = await here.acts.writeUnless(
    { by, act: 'instruments-confirmed', facts: { id, hash } },
    (acts) => !importedIn(acts).some((one) => one.hash === hash && one.by !== by) || wasConfirmed(acts, { id, hash }),
  )
  if (written === null) throw new ActRefused('there are no such instruments', 'instruments-unknown')
}

/** No round begins with them any more; rounds that ask them go on. */
export async function withdrawInstruments(here: Here, hash: string, by: string): Promise<void> {
  const { id } = await knownOrRefuse(here, hash)
  await here.acts.writeUnless(
    { by, act: 'instruments-withdrawn', facts: { id, hash } },
    (acts) => !importedIn(acts).some((one) => one.hash === hash),
  )
}

async function knownOrRefuse(here: Here, hash: string): Promise<ImportedInstruments> {
  const found = (await importedInstruments(here)).find((one) => one.hash === hash)
  if (!found) throw new ActRefused('there are no such instruments', 'instruments-unknown')
  return found
}

/** The text of a document that is kept here, if it still has its hash; null where it is not kept, or was altered. */
export async function instrumentsText({ box }: Pick<Parts, 'box'>, hash: string): Promise<string | null> {
  const bytes = fromBase64Url(hash, 32)
  const text = bytes && box ? await box.instruments.read(bytes) : null
  return text !== null && toBase64Url(await sha256(utf8(text))) === hash ? text : null
}
