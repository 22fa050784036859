import { mustInstallFirst } from '#device/browser/install'
import type { Device } from '#device/device'
import { quarantineUnreadable } from '#device/quarantine'
import type { TabletRecord } from '#device/store'
import { canStore, readCounter } from '#device/tablet/counter'
import { type EnrolOutcome, enrolTablet, readTablet, unansweredLink } from '#device/tablet/tablet'
import type { EnrolmentLink } from '#protocol/counter'
import type { CounterStage, EmptyReason, EnrolTrouble } from './stage.ts'

/** A link to enrol with, `damaged`, or null when none was opened. */
export type OpenedLink = EnrolmentLink | 'damaged' | null

/** The first screen: after a link was opened, or of a tablet that was switched on again. Never throws. */
export async function firstStage(device: Device, link: OpenedLink): Promise<CounterStage> {
  // LINE's own browser forgets everything when it is closed
  if (/ Line\//.test(navigator.userAgent)) return { at: 'enrol', why: 'line', known: false }
  if (mustInstallFirst()) return { at: 'enrol', why: 'install-first', known: false }
  try {
    await quarantineUnreadable(device).catch(() => 0)
    const trouble = await enrolWith(device, link)
    if (trouble) return { at: 'enrol', why: trouble, known: (await readTablet(device)) !== null }
    return await nextStage(device, 'no-tickets')
  } catch {
    return stageWithoutStorage(device)
  }
}

async function enrolWith(device: Device, link: OpenedLink): Promise<EnrolTrouble | null> {
  if (link === 'damaged') return 'damaged'
  // asked for before, by a tablet that has no place yet. One that has must not change it, and lose its PIN, with nobody there
  const opened = link ?? ((await readTablet(device)) ? null : await unansweredLink(device))
  return opened ? troubleOf(await enrolTablet(device, opened)) : null
}

function troubleOf(outcome: EnrolOutcome): EnrolTrouble | null {
  if (outcome.outcome === 'enrolled') return null
  return outcome.outcome === 'refused' ? outcome.reason : 'not-reached'
}

/** Attract when there is a ticket for the next visitor; otherwise why not. */
export async function nextStage(device: Device, empty: EmptyReason): Promise<CounterStage> {
  const tablet = await readTablet(device)
  if (!tablet) return { at: 'enrol', why: 'none', known: false }
  if (!tablet.pin) return { at: 'set-pin' }
  if (tablet.state === 'revoked') return { at: 'empty', why: 'revoked' }
  if (tablet.closed) return { at: 'empty', why: 'closed' }
  if (!(await canStore(device))) return { at: 'empty', why: 'storage-full' }
  const { wallet } = await readCounter(device, tablet)
  return wallet > 0 ? { at: 'attract' } : { at: 'empty', why: empty }
}

/** Storing fails; where reading still works the officer reaches what was sealed, and rescues it. */
export async function stageWithoutStorage(device: Device): Promise<CounterStage> {
  const tablet: TabletRecord | null = await readTablet(device).catch(() => null)
  return tablet ? { at: 'empty', why: 'storage-full' } : { at: 'enrol', why: 'storage', known: false }
}
