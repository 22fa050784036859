import { useTranslation } from 'react-i18next'
import type { SaveState } from './form-values.ts'

const WORDS = {
  saved: 'question.saved',
  saving: 'question.saving',
  'not-saved': 'question.notSaved',
  untouched: null,
} as const satisfies Record<SaveState, string | null>

/** How far one has come, and whether it is kept. Stays in view. */
export function SaveLine({ done, all, saveState }: { done: number; all: number; saveState: SaveState | null }) {
  const { t } = useTranslation()
  const words = saveState && WORDS[saveState]
  return (
    <div className="save-line">
      <progress max={all} value={done} aria-label={t('question.answered', { done, all })} />
      <p>
        <span>{t('question.answered', { done, all })}</span>
        <span
          role="status"
          className={saveState === 'not-saved' ? 'save-state warning' : 'save-state'}
          data-saved={saveState ?? undefined}
        >
          {words && t(words)}
        </span>
      </p>
    </div>
  )
}
