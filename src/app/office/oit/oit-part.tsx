import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { may } from '#protocol/office'
import { scoreOit } from '#results/oit'
import { roundForms } from '#results/round-forms'
import type { Questionnaire } from '#survey/questionnaire'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import type { Refused } from '../asking/ask.ts'
import { useOffice } from '../asking/office-context.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { manifestOf, type PartProps } from '../asking/rounds.ts'
import { useFormWords } from '../asking/use-form-words.ts'
import { useLeaveWarning } from '../asking/use-leave-warning.ts'
import { useLoaded } from '../asking/use-loaded.ts'
import { isLink, loadOit, type OitPaper, type OitTick, type OitTicks, oitAnswersOf, saveOit } from './oit-paper.ts'

/** The items of OIT, ticked by the administrator with a link to what is published. */
export function OitPart({ round }: PartProps) {
  const { t } = useTranslation()
  const { me } = useOffice()
  const form = roundForms(manifestOf(round)).oit
  const load = useCallback(() => loadOit(round.cid), [round.cid])
  const { value, refused, set, reload } = useLoaded(load)
  // with the version it was made from: a colleague's later one is not to be written over
  const [changed, setChanged] = useState<OitPaper | null>(null)
  const [failed, setFailed] = useState<Refused | null>(null)
  useLeaveWarning(changed !== null, true)
  if (!value) return <RefusalNotice refused={refused} />
  const { version, ticks } = changed ?? value
  const answers = oitAnswersOf(ticks, form)
  const score = answers ? scoreOit(form, answers).result.score : null
  const save = async () => {
    const answer = await saveOit(round.cid, { version, ticks })
    setFailed('refused' in answer ? answer : null)
    if (!('value' in answer)) return
    set(answer.value)
    setChanged(null)
  }
  const mayChange = may(me, 'run')
  return (
    <>
      <p className="lead">{t('oit.lead', { count: form.items.length })}</p>
      <p className="big" data-oit={score?.toFixed(2)} aria-live="polite">
        {score === null ? t('oit.none') : t('oit.score', { score: score.toFixed(2) })}
      </p>
      <OitGroups
        form={form}
        ticks={ticks}
        onTicks={mayChange ? (next) => setChanged({ version, ticks: next }) : null}
      />
      {mayChange && (
        <div className="row sticky">
          <Button id="save-oit" blocked={changed === null} onClick={() => void save()}>
            {changed === null ? t('oit.saved') : t('oit.save')}
          </Button>
          {failed?.refused === 'paper-changed' && (
            <Button
              kind="secondary"
              onClick={() => {
                setChanged(null)
                setFailed(null)
                reload()
              }}
            >
              {t('oit.reload')}
            </Button>
          )}
        </div>
      )}
      <RefusalNotice refused={failed} />
    </>
  )
}

interface OitGroupsProps {
  readonly form: Questionnaire
  readonly ticks: OitTicks
  readonly onTicks: ((ticks: OitTicks) => void) | null
}

function OitGroups({ form, ticks, onTicks }: OitGroupsProps) {
  const { t } = useTranslation()
  const { groupName, indicatorName, itemText } = useFormWords()
  const all = (disclosed: boolean) =>
    onTicks?.(Object.fromEntries(form.items.map(({ id }) => [id, { disclosed, link: ticks[id]?.link ?? '' }])))
  return (
    <>
      {onTicks && (
        <div className="row">
          <Button kind="quiet" onClick={() => all(true)}>
            {t('oit.all')}
          </Button>
        </div>
      )}
      {form.indicators.map((indicator) => (
        <section key={indicator.id}>
          <h2>
            {t('score.indicator', { id: indicator.id })} {indicatorName(form.id, indicator.id)}
          </h2>
          {indicator.groups.map((group) => (
            <fieldset key={group.id} className="oit-group">
              <legend>{groupName(form.id, group.id)}</legend>
              {group.items.map(({ id }) => (
                <OitItem
                  key={id}
                  id={id}
                  text={itemText(form.id, id)}
                  tick={ticks[id]}
                  onTick={onTicks ? (tick) => onTicks({ ...ticks, [id]: tick }) : null}
                />
              ))}
            </fieldset>
          ))}
        </section>
      ))}
      {!onTicks && <Notice>{t('oit.readOnly')}</Notice>}
    </>
  )
}

interface OitItemProps {
  readonly id: string
  readonly text: string
  readonly tick: OitTick | undefined
  readonly onTick: ((tick: OitTick) => void) | null
}

function OitItem({ id, text, tick = { disclosed: false, link: '' }, onTick }: OitItemProps) {
  const { t } = useTranslation()
  const bad = tick.link !== '' && !isLink(tick.link)
  return (
    <div className="oit-item" data-item={id}>
      <label>
        <input
          type="checkbox"
          checked={tick.disclosed}
          disabled={!onTick}
          onChange={(event) => onTick?.({ ...tick, disclosed: event.target.checked })}
        />{' '}
        {id} {text}
      </label>
      <input
        type="url"
        className="link-field"
        aria-label={t('oit.link', { id })}
        aria-invalid={bad || undefined}
        placeholder="https://"
        value={tick.link}
        maxLength={300}
        readOnly={!onTick}
        onChange={(event) => onTick?.({ ...tick, link: event.target.value.trim() })}
      />
      {isLink(tick.link) && (
        <a href={tick.link} target="_blank" rel="noreferrer noopener">
          {t('oit.open')}
        </a>
      )}
      {bad && <span className="error">{t('oit.badLink')}</span>}
    </div>
  )
}
