import type { i18n } from 'i18next'
import type { Draft } from '#device/draft'
import type { Lane } from '#protocol/lane'
import { type KnownForm, loadNewestForm } from '#questions/forms.ts'
import { firstStep } from '#questions/steps.ts'
import { openingOf, type Session, type Stage } from './stage.ts'

/** While a part of the app is still to be fetched. */
const AGAIN_MS = 3000

/** The page that was used before the app had come, as this app would show it. */
export function earlyStage(
  ticket: string,
  lane: Lane,
  { questionnaire, hash }: KnownForm,
  draft: Draft | null,
  isBegun: boolean,
): Stage {
  const session: Session = { ticket: { id: ticket, lane }, campaign: null, questionnaire, form: hash, draft }
  if (!isBegun) return { at: 'waiting', ticket, lane, campaign: null, isComing: true, notYet: false, session }
  return { at: 'answering', session, from: firstStep(questionnaire, openingOf(session) !== null, {}) }
}

/**
 * The questions of the page that is in use. Null when this app has none for the lane. What could not be fetched once, a browser
 * may not fetch again for the life of a page: then the page is loaded anew, once that can be done, with what was answered.
 */
export async function questionsOf(instance: i18n, lane: Lane): Promise<KnownForm | null> {
  try {
    return await loadNewestForm(instance, lane)
  } catch {
    await untilReached()
    location.reload()
    return new Promise(() => {})
  }
}

async function untilReached(): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    const reply = await fetch('/', { cache: 'no-store' }).catch(() => null)
    if (reply?.ok) return
  }
}
