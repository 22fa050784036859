import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type IssuePlan, itemsIn, weakIds } from '#measures/issues'
import { isOverdue, orderAfterMove, type PlannedMeasure, percentOf, stateOf } from '#measures/plan'
import { FIRST_LANGUAGE } from '#protocol/language'
import { Button } from '#ui/button.tsx'
import { Disclosure } from '#ui/disclosure.tsx'
import { dayInWords } from '../asking/days.ts'
import { wasTaken } from './just-taken.ts'
import { MeasureProgress } from './measure-progress.tsx'
import { PeriodField } from './period-field.tsx'
import { usePlan } from './plan-context.ts'
import { ProseField } from './prose-field.tsx'
import { StepsField } from './steps-field.tsx'
import { TargetsField } from './targets-field.tsx'
import { UnitsField } from './units-field.tsx'
import { useRow } from './use-row.ts'

interface MeasureCardProps {
  readonly issue: IssuePlan
  readonly measure: PlannedMeasure
  readonly index: number
}

/** One measure, closed: what it is, how far, when and by whom; opened to be written. */
export function MeasureCard(props: MeasureCardProps) {
  const { measure, index } = props
  const { t, i18n } = useTranslation()
  const { today } = usePlan()
  // one that was only just begun is open; the others are read first
  const [isOpen, setOpen] = useState(measure.text === '' || wasTaken(measure.id))
  const words = (day: string) => (day === '' ? '…' : dayInWords(day, i18n.language))
  const state = stateOf(measure)
  return (
    <details
      className="measure card"
      id={`measure-${measure.id}`}
      data-measure={measure.id}
      data-state={state}
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>
        <span className="measure-line" lang={FIRST_LANGUAGE}>
          {index + 1}. {measure.text || '…'}
        </span>
        <span className="measure-facts small">
          <span className={`state ${state}`}>
            {t(`measures.state.${state}`)} {percentOf(measure)}%
          </span>
          <span>
            {words(measure.from)} – {words(measure.to)}
          </span>
          {measure.items.length > 0 && <span>{measure.items.join(', ')}</span>}
          {measure.units.length > 0 && <span lang={FIRST_LANGUAGE}>{measure.units.join(' · ')}</span>}
          {isOverdue(measure, today) && <strong className="late">{t('measures.overdue')}</strong>}
        </span>
      </summary>
      {isOpen && <MeasureFields {...props} />}
    </details>
  )
}

/** Everything about a measure: for which items, its steps, when, by whom, how it is followed, and how far it is. */
function MeasureFields({ issue, measure, index }: MeasureCardProps) {
  const { t } = useTranslation()
  const { desk, mayChange } = usePlan()
  const { id, steps: _, ...content } = measure
  const change = useRow(id, content)
  return (
    <>
      {mayChange && <MeasureMovers measure={measure} index={index} />}
      <ProseField
        label={t('measures.text', { n: index + 1 })}
        row={id}
        field="text"
        value={measure.text}
        onChange={(text) => change({ text })}
      />
      <ItemsField issue={issue} measure={measure} onItems={(items) => change({ items })} />
      <StepsField measure={measure} />
      <PeriodField id={id} measure={measure} onPeriod={change} />
      <UnitsField id={id} units={measure.units} onUnits={(units) => change({ units })} />
      <div className="pair">
        <ProseField
          label={t('measures.monitoring')}
          row={id}
          field="monitoring"
          value={measure.monitoring}
          onChange={(monitoring) => change({ monitoring })}
        />
        <ProseField
          label={t('measures.proof')}
          row={id}
          field="proof"
          value={measure.proof}
          onChange={(proof) => change({ proof })}
        />
      </div>
      <TargetsField measure={measure} onTargets={change} />
      <Disclosure summary={t('measures.progress')} lazy>
        <MeasureProgress measure={measure} />
      </Disclosure>
      {mayChange && (
        <div className="row">
          <Button kind="quiet" onClick={() => desk.change(id, content, true)}>
            {t('measures.remove')}
          </Button>
        </div>
      )}
    </>
  )
}

/** Moves it among its neighbours: by keyboard as by mouse. */
function MeasureMovers({ measure, index }: { measure: PlannedMeasure; index: number }) {
  const { t } = useTranslation()
  const { plan } = usePlan()
  const { id, steps: _, ...content } = measure
  const change = useRow(id, content)
  const neighbours = plan.measures.filter(({ issue }) => issue === measure.issue)
  const move = (by: -1 | 1) => {
    const order = orderAfterMove(neighbours, index, by)
    if (order !== null) change({ order })
  }
  return (
    <div className="movers">
      <span className="unseen" role="status">
        {t('measures.moved', { n: index + 1 })}
      </span>
      <button type="button" className="link" aria-disabled={index === 0 || undefined} onClick={() => move(-1)}>
        {t('measures.up')}
      </button>
      <button
        type="button"
        className="link"
        aria-disabled={index === neighbours.length - 1 || undefined}
        onClick={() => move(1)}
      >
        {t('measures.down')}
      </button>
    </div>
  )
}
interface ItemsFieldProps {
  readonly issue: IssuePlan
  readonly measure: PlannedMeasure
  readonly onItems: (items: readonly string[]) => void
}

/** Which weak items it answers: those of its issue, and any that it names beside them. */
function ItemsField({ issue, measure, onItems }: ItemsFieldProps) {
  const { t } = useTranslation()
  const { mayChange } = usePlan()
  const weak = weakIds(issue.finding)
  const all = [...weak, ...itemsIn(measure, issue.finding).filter((item) => !weak.includes(item))]
  if (all.length === 0) return null
  return (
    <fieldset className="item-chips">
      <legend>{t('measures.items')}</legend>
      {all.map((item) => (
        <label key={item} className="chip">
          <input
            type="checkbox"
            checked={measure.items.includes(item)}
            disabled={!mayChange}
            onChange={({ target }) =>
              onItems(target.checked ? [...measure.items, item] : measure.items.filter((one) => one !== item))
            }
          />{' '}
          {item}
        </label>
      ))}
    </fieldset>
  )
}
