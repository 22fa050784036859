import type { i18n } from 'i18next'
import type { Lane } from '#protocol/lane'
import { type KnownForm, loadNewestForm } from '#questions/forms.ts'
import { firstStep } from '#questions/steps.ts'
import { openingOf, type Session, type Stage } from './stage.ts'

/** While a part of the app is still to be fetched. */
const AGAIN_MS = 3000

/** The page that was used before the app had come, as this app would show it. */
export function earlyStage(ticket: string, lane: Lane, form: KnownForm, isBegun: boolean): Stage {
  const { questionnaire, hash } = form
  const session: Session = { ticket: { id: ticket, lane }, campaign: null, questionnaire, form: hash, draft: null }
  if (!isBegun) return { at: 'waiting', lane, campaign: null, isComing: true, notYet: false, session }
  return { at: 'answering', session, from: firstStep(questionnaire, openingOf(session) !== null, {}) }
}

/** The questions of the page that is in use, however long they take to come. Null when this app has none for the lane. */
export async function questionsOf(instance: i18n, lane: Lane): Promise<KnownForm | null> {
  for (;;) {
    try {
      return await loadNewestForm(instance, lane)
    } catch {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    }
  }
}
