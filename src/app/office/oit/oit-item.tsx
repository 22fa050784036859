import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { Disclosure } from '#ui/disclosure.tsx'
import { useFormWords } from '../asking/use-form-words.ts'
import { isLink, type OitTick } from './oit-paper.ts'

interface OitItemProps {
  readonly form: string
  readonly id: string
  readonly tick: OitTick | undefined
  /** A page of this product that is the evidence; null for none. */
  readonly offered: string | null
  readonly onTick: ((tick: OitTick) => void) | null
}

/** One item: what it means, whether it is disclosed, and where that can be seen. */
export function OitItem({ form, id, tick = { disclosed: false, link: '' }, offered, onTick }: OitItemProps) {
  const { t } = useTranslation()
  const { itemText } = useFormWords()
  const bad = tick.link !== '' && !isLink(tick.link)
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
      {unproven && <span className="late">{t('oit.unproven')}</span>}
      {offered !== null && onTick && tick.link !== offered && (
        <Button kind="quiet" onClick={() => onTick({ disclosed: true, link: offered })}>
          {t('oit.useOwn')}
        </Button>
      )}
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
