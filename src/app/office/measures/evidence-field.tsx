import { useTranslation } from 'react-i18next'
import { type Evidence, isAddress } from '#protocol/measures'
import { Button } from '#ui/button.tsx'
import { dayInWords } from '../asking/days.ts'
import { LineField } from './line-field.tsx'
import { newId } from './new-id.ts'
import { usePlan } from './plan-context.ts'

interface EvidenceFieldProps {
  readonly id: string
  readonly evidence: readonly Evidence[]
  readonly onEvidence: (evidence: readonly Evidence[]) => void
}

/** Where what was done can be seen, and when somebody last looked that it is there. */
export function EvidenceField({ id, evidence, onEvidence }: EvidenceFieldProps) {
  const { t } = useTranslation()
  const { mayChange } = usePlan()
  const set = (at: number, fields: Partial<Evidence>) =>
    onEvidence(evidence.map((one, index) => (index === at ? { ...one, ...fields } : one)))
  return (
    <fieldset className="evidence">
      <legend>{t('measures.evidence')}</legend>
      {evidence.map((one, at) => (
        <EvidenceLine
          key={one.id}
          name={`${id}-${one.id}`}
          one={one}
          onChange={(fields) => set(at, fields)}
          onRemove={() => onEvidence(evidence.filter((_, index) => index !== at))}
        />
      ))}
      {mayChange && (
        <Button
          kind="quiet"
          onClick={() => onEvidence([...evidence, { id: newId(), title: '', address: '', checked: '' }])}
        >
          {t('measures.addEvidence')}
        </Button>
      )}
    </fieldset>
  )
}

interface EvidenceLineProps {
  readonly name: string
  readonly one: Evidence
  readonly onChange: (fields: Partial<Evidence>) => void
  readonly onRemove: () => void
}

/** Only addresses that a browser can safely follow are kept; others stay on the screen with what is wrong. */
function EvidenceLine({ name, one, onChange, onRemove }: EvidenceLineProps) {
  const { t, i18n } = useTranslation()
  const { today, mayChange } = usePlan()
  const isGood = one.address === '' || isAddress(one.address)
  return (
    <div className="evidence-line">
      <LineField
        label={t('measures.evidenceTitle')}
        name={`title-${name}`}
        value={one.title}
        onChange={(title) => onChange({ title })}
      />
      <LineField
        type="url"
        label={t('measures.evidenceAddress')}
        name={`address-${name}`}
        value={one.address}
        error={isGood ? null : t('oit.badLink')}
        onChange={(address) => onChange({ address: address.trim() })}
      />
      {isGood && one.address !== '' && (
        <a href={one.address} target="_blank" rel="noreferrer noopener">
          {t('oit.open')}
        </a>
      )}{' '}
      {one.checked !== '' && (
        <span className="small">{t('measures.checkedOn', { day: dayInWords(one.checked, i18n.language) })}</span>
      )}
      {mayChange && (
        <div className="row">
          {isGood && one.address !== '' && one.checked !== today && (
            <Button kind="quiet" onClick={() => onChange({ checked: today })}>
              {t('measures.checkedToday')}
            </Button>
          )}
          <Button kind="quiet" onClick={onRemove}>
            {t('measures.remove')}
          </Button>
        </div>
      )}
    </div>
  )
}
