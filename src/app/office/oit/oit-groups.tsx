import { useId, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { Item, Questionnaire } from '#survey/questionnaire'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useFormWords } from '../asking/use-form-words.ts'
import { OitDueList } from './oit-due-list.tsx'
import { isLate } from './oit-duty.tsx'
import { OitItem } from './oit-item.tsx'
import { isUnproven, NOT_LOOKED_AT, type OitTick, type OitTicks } from './oit-paper.ts'
import { useOwnEvidence } from './use-own-evidence.ts'

interface OitGroupsProps {
  readonly cid: string
  /** Names of units that the round knows. */
  readonly named: readonly string[]
  readonly form: Questionnaire
  readonly ticks: OitTicks
  readonly onTicks: ((ticks: OitTicks) => void) | null
}

/** Which items are shown: all, those not ticked, those ticked without a link to what is published, those whose day is over. */
const SHOWING = ['all', 'undisclosed', 'unproven', 'late'] as const

type Showing = (typeof SHOWING)[number]

const SHOWN: Readonly<Record<Showing, (tick: OitTick | undefined) => boolean>> = {
  all: () => true,
  undisclosed: (tick) => tick?.disclosed !== true,
  unproven: isUnproven,
  late: (tick) => tick !== undefined && (!tick.disclosed || isUnproven(tick)) && isLate(tick),
}

/** The items by group: how far each group is, what is left to do, and where this product's own page is the evidence. */
export function OitGroups({ cid, named, form, ticks, onTicks }: OitGroupsProps) {
  const { t } = useTranslation()
  const [showing, setShowing] = useState<Showing>('all')
  const evidence = useOwnEvidence(cid, form)
  const all = (disclosed: boolean) =>
    onTicks?.(Object.fromEntries(form.items.map(({ id }) => [id, { ...(ticks[id] ?? NOT_LOOKED_AT), disclosed }])))
  const count = (one: Showing) => form.items.filter(({ id }) => SHOWN[one](ticks[id])).length
  const units = useId()
  const known = [...new Set([...named, ...Object.values(ticks).map(({ unit }) => unit)])].filter(Boolean)
  const show = (id: string) => {
    // it may be hidden by what is shown
    flushSync(() => setShowing('all'))
    document.querySelector<HTMLElement>(`[data-item="${CSS.escape(id)}"] input`)?.focus()
  }
  return (
    <>
      <OitDueList form={form} ticks={ticks} onItem={show} />
      <datalist id={units}>
        {known.map((unit) => (
          <option key={unit} value={unit} />
        ))}
      </datalist>
      <div className="row">
        <label className="field">
          {t('oit.show')}{' '}
          <select name="oit-show" value={showing} onChange={({ target }) => setShowing(target.value as Showing)}>
            {SHOWING.map((one) => (
              <option key={one} value={one}>
                {t(`oit.showing.${one}`, { count: count(one) })}
              </option>
            ))}
          </select>
        </label>
        {onTicks && (
          <Button kind="quiet" onClick={() => all(true)}>
            {t('oit.all')}
          </Button>
        )}
      </div>
      <OitIndicators {...{ form, ticks, onTicks, evidence, units }} shown={SHOWN[showing]} />
      {!onTicks && <Notice>{t('oit.readOnly')}</Notice>}
    </>
  )
}

interface IndicatorsProps extends Omit<OitGroupsProps, 'cid' | 'named'> {
  /** Id of the list of units that are known. */
  readonly units: string
  readonly shown: (tick: OitTick | undefined) => boolean
  /** What this product published, by the item that it is the evidence of. */
  readonly evidence: ReadonlyMap<string, string>
}

function OitIndicators({ form, ticks, onTicks, shown, evidence, units }: IndicatorsProps) {
  const { t } = useTranslation()
  const { groupName, indicatorName } = useFormWords()
  const left = (items: readonly Item[]) => items.filter(({ id }) => shown(ticks[id]))
  return form.indicators
    .filter(({ items }) => left(items).length > 0)
    .map((indicator) => (
      <section key={indicator.id}>
        <h2>
          {t('score.indicator', { id: indicator.id })} {indicatorName(form.id, indicator.id)}
        </h2>
        {indicator.groups
          .filter(({ items }) => left(items).length > 0)
          .map((group) => (
            <fieldset key={group.id} className="oit-group">
              <legend>{groupName(form.id, group.id)}</legend>
              <GroupProgress items={group.items} ticks={ticks} />
              {left(group.items).map(({ id }) => (
                <OitItem
                  key={id}
                  form={form.id}
                  id={id}
                  tick={ticks[id]}
                  offered={evidence.get(id) ?? null}
                  units={units}
                  onTick={onTicks ? (tick) => onTicks({ ...ticks, [id]: tick }) : null}
                />
              ))}
            </fieldset>
          ))}
      </section>
    ))
}

/** How many of a group are disclosed, and how many of these can be followed to what is published. */
function GroupProgress({ items, ticks }: { items: readonly Item[]; ticks: OitTicks }) {
  const { t } = useTranslation()
  const disclosed = items.filter(({ id }) => ticks[id]?.disclosed).length
  const unproven = items.filter(({ id }) => isUnproven(ticks[id])).length
  return (
    <p className="small">
      <progress
        max={items.length}
        value={disclosed}
        aria-label={t('oit.progress', { count: disclosed, of: items.length })}
      />{' '}
      {t('oit.progress', { count: disclosed, of: items.length })}
      {unproven > 0 && ` · ${t('oit.unprovenCount', { count: unproven })}`}
    </p>
  )
}
