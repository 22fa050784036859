import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Item, Questionnaire } from '#survey/questionnaire'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useFormWords } from '../asking/use-form-words.ts'
import { OitItem } from './oit-item.tsx'
import { isLink, type OitTick, type OitTicks } from './oit-paper.ts'
import { useOwnEvidence } from './use-own-evidence.ts'

interface OitGroupsProps {
  readonly cid: string
  readonly form: Questionnaire
  readonly ticks: OitTicks
  readonly onTicks: ((ticks: OitTicks) => void) | null
}

/** Which items are shown: all, those not ticked, those ticked without a link to what is published. */
const SHOWING = ['all', 'undisclosed', 'unproven'] as const

type Showing = (typeof SHOWING)[number]

/** A score that nobody can follow to what is published. */
function isUnproven(tick: OitTick | undefined): boolean {
  return tick?.disclosed === true && !isLink(tick.link)
}

const SHOWN: Readonly<Record<Showing, (tick: OitTick | undefined) => boolean>> = {
  all: () => true,
  undisclosed: (tick) => tick?.disclosed !== true,
  unproven: isUnproven,
}

/** The items by group: how far each group is, what is left to do, and where this product's own page is the evidence. */
export function OitGroups({ cid, form, ticks, onTicks }: OitGroupsProps) {
  const { t } = useTranslation()
  const [showing, setShowing] = useState<Showing>('all')
  const evidence = useOwnEvidence(cid, form)
  const all = (disclosed: boolean) =>
    onTicks?.(Object.fromEntries(form.items.map(({ id }) => [id, { disclosed, link: ticks[id]?.link ?? '' }])))
  const count = (one: Showing) => form.items.filter(({ id }) => SHOWN[one](ticks[id])).length
  return (
    <>
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
      <OitIndicators {...{ form, ticks, onTicks, evidence }} shown={SHOWN[showing]} />
      {!onTicks && <Notice>{t('oit.readOnly')}</Notice>}
    </>
  )
}

interface IndicatorsProps extends Omit<OitGroupsProps, 'cid'> {
  readonly shown: (tick: OitTick | undefined) => boolean
  /** What this product published, by the item that it is the evidence of. */
  readonly evidence: ReadonlyMap<string, string>
}

function OitIndicators({ form, ticks, onTicks, shown, evidence }: IndicatorsProps) {
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
