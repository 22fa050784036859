import type { Device } from '#device/device'
import { discardDraft } from '#device/draft'
import { isReady, type Session, type Stage } from './stage.ts'

/**
 * What is shown when the device has been looked at again while somebody answers who began before round and ticket had come:
 * the same screen with what has come, or why it cannot go on. Answers to other questions than the round's are deleted.
 */
export async function goOnAnswering(device: Device, session: Session, found: Stage): Promise<Stage> {
  // what cannot be exchanged before a day is told on the first screen, with the day
  if (found.at === 'problem' || found.at === 'storage' || (found.at === 'waiting' && found.notYet)) return found
  const next = foundSession(found)
  if (!next || next.ticket.id !== session.ticket.id) {
    // an interrupted look is no reason to take a form away from somebody
    return { at: 'answering', session: { ...session, campaign: foundCampaign(found) ?? session.campaign } }
  }
  if (next.form === session.form) return { at: 'answering', session: next }
  await discardDraft(device, session.ticket.id).catch(() => undefined)
  return found.at === 'welcome' ? { ...found, session: { ...found.session, draft: null }, replaced: true } : found
}

/** Whether somebody answers what is not ready to be sealed. */
export function isBegunEarly(stage: Stage): stage is Extract<Stage, { at: 'answering' }> {
  return stage.at === 'answering' && !isReady(stage.session)
}

function foundSession(found: Stage): Session | null {
  return found.at === 'welcome' || found.at === 'waiting' ? found.session : null
}

function foundCampaign(found: Stage) {
  return found.at === 'waiting' ? found.campaign : null
}
