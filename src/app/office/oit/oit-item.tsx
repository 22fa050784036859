import { useTranslation } from 'react-i18next'
import { isEvidence, LONGEST_EVIDENCE } from '#results/oit'
import { Button } from '#ui/button.tsx'
import { Disclosure } from '#ui/disclosure.tsx'
import { useFormWords } from '../asking/use-form-words.ts'
import { OitDuty } from './oit-duty.tsx'
import { isUnproven, NOT_LOOKED_AT, type OitTick } from './oit-paper.ts'

interface OitItemProps {
  readonly form: string
  readonly id: string
  readonly tick: OitTick | undefined
  /** A page of this product that is the evidence; null for none. */
  readonly offered: string | null
  /** Id of the list of units that are known. */
  readonly units: string
  readonly onTick: ((tick: OitTick) => void) | null
}

/** One item: what it means, whether it is disclosed, and where that can be seen. */
export function OitItem({ form, id, tick = NOT_LOOKED_AT, offered, units, onTick }: OitItemProps) {
  const { t } = useTranslation()
  const { itemText } = useFormWords()
  const bad = tick.link !== '' && !isEvidence(tick.link)
  const unproven = tick.disclosed && tick.link === ''
  return (
    <div className="oit-item" data-item={id} data-unproven={unproven || undefined}>
      <label>
        <input
          type="checkbox"
          checked={tick.disclosed}
          disabled={!onTick}
          onChange={(event) => onTick?.({ ...tick, disclosed: event.target.checked })}
        />{' '}
        {id} {itemText(form, id)}
      </label>
      <Help form={form} id={id} />
      <input
        type="url"
        className="link-field"
        aria-label={t('oit.link', { id })}
        aria-invalid={bad || undefined}
        placeholder="https://"
        value={tick.link}
        maxLength={LONGEST_EVIDENCE}
        readOnly={!onTick}
        onChange={(event) => onTick?.({ ...tick, link: event.target.value.trim() })}
      />
      {isEvidence(tick.link) && (
        <a href={tick.link} target="_blank" rel="noreferrer noopener">
          {t('oit.open')}
        </a>
      )}
      {bad && <span className="error">{t('oit.badLink')}</span>}
      {unproven && <span className="late">{t('oit.unproven')}</span>}
      {offered !== null && onTick && tick.link !== offered && (
        <Button kind="quiet" onClick={() => onTick({ ...tick, disclosed: true, link: offered })}>
          {t('oit.useOwn')}
        </Button>
      )}
      {(!tick.disclosed || isUnproven(tick)) && <OitDuty id={id} tick={tick} units={units} onTick={onTick} />}
    </div>
  )
}

/** What an item means; nothing where nobody wrote it. */
function Help({ form, id }: { form: string; id: string }) {
  const { t } = useTranslation()
  const { itemHelp } = useFormWords()
  const { plain, example } = itemHelp(form, id)
  if (plain === '' || plain === `item.${id}.plain`) return null
  return (
    <Disclosure quiet lazy summary={t('oit.help')}>
      <p>{plain}</p>
      <p className="small">{t('oit.example', { text: example })}</p>
    </Disclosure>
  )
}
