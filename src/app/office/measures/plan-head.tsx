import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isWaiting } from '#measures/held-row'
import { isOverdue, stateOf } from '#measures/plan'
import { type MeasureRow, PROGRESS_STATES } from '#protocol/measures'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { Conflict } from './conflict.tsx'
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
  const rows = [...state.rows.values()]
  const waiting = rows.filter(isWaiting).length
  const faulty = rows.filter(({ fault }) => fault !== null).length
  const latest = useLatest(state.others[0])
  // a text that waits for a decision is not saved, however quiet it is
  const undecided = rows.filter(({ conflicts }) => Object.keys(conflicts).length > 0).length
  const at = faulty + undecided > 0 ? 'unsaved' : waiting === 0 ? 'saved' : state.refused ? 'waiting' : 'saving'
  return (
    <>
      <div className="row sticky save-state no-print">
        <span role="status" data-saved={at}>
          {t(`measures.${at}`, { count: at === 'unsaved' ? faulty + undecided : waiting })}
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
      {faulty > 0 && <Notice kind="warning">{t('measures.someTooLong', { count: faulty })}</Notice>}
      {!state.kept && <Notice kind="warning">{t('measures.notKept')}</Notice>}
      {waiting > 0 && <RefusalNotice refused={state.refused === null ? null : { refused: state.refused }} />}
      <Conflicts />
    </>
  )
}

const SOME_TIME_MS = 60_000

/** Somebody else's change, as long as it is news. */
function useLatest(change: MeasureRow | undefined): MeasureRow | null {
  const [old, setOld] = useState(0)
  useEffect(() => {
    if (!change) return
    const timer = setTimeout(() => setOld(change.seq), SOME_TIME_MS)
    return () => clearTimeout(timer)
  }, [change])
  return change && change.seq > old ? change : null
}

/** Texts that somebody else changed, too: here, wherever they stand on the page and whether it is open there or not. */
function Conflicts() {
  const { t } = useTranslation()
  const { state } = usePlan()
  const all = [...state.rows.values()].flatMap(({ id, conflicts }) =>
    Object.keys(conflicts).map((field) => ({ id, field })),
  )
  if (all.length === 0) return null
  return (
    <section data-conflicts={all.length}>
      <p>{t('measures.conflicts', { count: all.length })}</p>
      {all.map(({ id, field }) => (
        <Conflict key={`${id}.${field}`} row={id} field={field} />
      ))}
    </section>
  )
}

/** Down to what the plan is for. */
function toDocuments(): void {
  const target = document.getElementById('plan-documents')
  target?.scrollIntoView({ block: 'start' })
  target?.querySelector('button')?.focus({ preventScroll: true })
}
