import type { Device } from '#device/device'
import { discardDraft } from '#device/draft'
import { isReady, type Session, type Stage } from './stage.ts'

/**
 * What is shown when the device has been asked again about the ticket of somebody who began before round and ticket had come
 * (`stageOfOwn`): the same screen with what has come, or why it cannot go on. Answers to other questions than the round's are
 * deleted, and that is said.
 */
export async function goOnAnswering(device: Device, session: Session, found: Stage): Promise<Stage> {
  // what cannot be exchanged before a day is told on the first screen, with the day
  if ((found.at !== 'welcome' && found.at !== 'waiting') || (found.at === 'waiting' && found.notYet)) return found
  const { id } = session.ticket
  const own = found.at === 'welcome' ? found.session.ticket.id : found.ticket
  // sealed in another tab, and this phone holds another ticket
  if (own !== id) return found
  const next = found.session
  // its questions cannot be fetched now
  if (!next) return { at: 'answering', session: { ...session, campaign: foundCampaign(found) ?? session.campaign } }
  if (next.form === session.form) return { at: 'answering', session: next }
  await discardDraft(device, id).catch(() => undefined)
  return found.at === 'welcome'
    ? { ...found, session: { ...found.session, draft: null }, replaced: true }
    : { ...found, session: { ...next, draft: null }, replaced: true }
}

/** Whether somebody answers what is not ready to be sealed. */
export function isBegunEarly(stage: Stage): stage is Extract<Stage, { at: 'answering' }> {
  return stage.at === 'answering' && !isReady(stage.session)
}

function foundCampaign(found: Stage) {
  return found.at === 'waiting' ? found.campaign : null
}
