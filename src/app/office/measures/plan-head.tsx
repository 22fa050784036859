import { useTranslation } from 'react-i18next'
import { isOverdue, stateOf } from '#measures/plan'
import { PROGRESS_STATES } from '#protocol/measures'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { usePlan } from './plan-context.ts'

/** How many measures there are and how far, whether everything is saved, and what others changed. */
export function PlanHead() {
  const { t } = useTranslation()
  const { plan, today } = usePlan()
  const overdue = plan.measures.filter((one) => isOverdue(one, today)).length
  return (
    <>
      <dl className="tiles" data-measures={plan.measures.length}>
        {PROGRESS_STATES.map((state) => (
          <div key={state} className="card">
            <dt>{t(`measures.state.${state}`)}</dt>
            <dd data-count={state}>{plan.measures.filter((one) => stateOf(one) === state).length}</dd>
          </div>
        ))}
        <div className="card">
          <dt>{t('measures.overdue')}</dt>
          <dd data-count="overdue">{overdue}</dd>
        </div>
      </dl>
      <SaveState />
    </>
  )
}

/** Always in sight: whether what was typed is kept, and where. */
function SaveState() {
  const { t } = useTranslation()
  const { desk, state, mayChange } = usePlan()
  const waiting = [...state.rows.values()].filter(({ isOwn }) => isOwn).length
  const tooLong = [...state.rows.values()].filter(({ fault }) => fault !== null).length
  const [latest] = state.others
  const at = waiting === 0 ? 'saved' : state.refused ? 'waiting' : 'saving'
  return (
    <>
      <div className="row sticky save-state no-print">
        <span role="status" data-saved={at}>
          {t(`measures.${at}`, { count: waiting })}
        </span>
        {mayChange && (
          <Button id="undo" kind="quiet" blocked={!state.canUndo} onClick={() => desk.undo()}>
            {t('measures.undo')}
          </Button>
        )}
        <button type="button" className="link" onClick={toDocuments}>
          {t('measures.toDocuments')}
        </button>
        {latest && (
          <span className="small" data-others={latest.seq}>
            {t('measures.othersChanged', { by: latest.by })}
          </span>
        )}
      </div>
      {tooLong > 0 && <Notice kind="warning">{t('measures.someTooLong', { count: tooLong })}</Notice>}
      {waiting > 0 && <RefusalNotice refused={state.refused === null ? null : { refused: state.refused }} />}
    </>
  )
}

/** Down to what the plan is for. */
function toDocuments(): void {
  const target = document.getElementById('plan-documents')
  target?.scrollIntoView({ block: 'start' })
  target?.querySelector('button')?.focus({ preventScroll: true })
}
