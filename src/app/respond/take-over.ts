import type { i18n } from 'i18next'
import { forgetTries, loadAnewOnceReached } from '#device/browser/load-anew'
import type { Draft } from '#device/draft'
import type { Lane } from '#protocol/lane'
import { type KnownForm, loadNewestForm } from '#questions/forms.ts'
import { firstStep } from '#questions/steps.ts'
import { openingOf, type Session, type Stage } from './stage.ts'

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

/** The questions of the page that is in use; null when this app has none for the lane. Where they cannot be fetched, the page is loaded anew once they can. */
export async function questionsOf(instance: i18n, lane: Lane): Promise<KnownForm | null> {
  try {
    const form = await loadNewestForm(instance, lane)
    forgetTries()
    return form
  } catch {
    loadAnewOnceReached(import.meta.url)
    return new Promise(() => {})
  }
}
