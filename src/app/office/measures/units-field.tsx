import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tidyWords } from '#protocol/shapes'
import { Button } from '#ui/button.tsx'
import { LineField } from './line-field.tsx'
import { usePlan } from './plan-context.ts'

interface UnitsFieldProps {
  readonly id: string
  readonly units: readonly string[]
  readonly onUnits: (units: readonly string[]) => void
}

/** Who is responsible: names that the round or the plan knows are proposed, so that one unit has one name. */
export function UnitsField({ id, units, onUnits }: UnitsFieldProps) {
  const { t } = useTranslation()
  const { units: known, mayChange } = usePlan()
  const [typed, setTyped] = useState('')
  const list = useId()
  const name = tidyWords(typed)
  const add = () => {
    if (name === '' || units.includes(name)) return
    onUnits([...units, name])
    setTyped('')
  }
  return (
    <fieldset className="units-field">
      <legend>{t('measures.units')}</legend>
      <ul className="chips">
        {units.map((unit) => (
          <li key={unit} className="chip">
            {unit}
            {mayChange && (
              <button
                type="button"
                className="link"
                aria-label={t('measures.removeUnit', { unit })}
                onClick={() => onUnits(units.filter((one) => one !== unit))}
              >
                ×
              </button>
            )}
          </li>
        ))}
      </ul>
      {mayChange && (
        // biome-ignore lint/a11y/noStaticElementInteractions: Enter in the field adds, as the button does
        <div
          className="row"
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
            event.preventDefault()
            add()
          }}
        >
          <LineField
            label={t('measures.addUnit')}
            quietLabel
            name={`unit-${id}`}
            list={list}
            value={typed}
            onChange={setTyped}
            error={name !== '' && units.includes(name) ? t('measures.unitTwice') : null}
          />
          <datalist id={list}>
            {known
              .filter((unit) => !units.includes(unit))
              .map((unit) => (
                <option key={unit} value={unit} />
              ))}
          </datalist>
          <Button kind="quiet" onClick={add}>
            {t('measures.addUnit')}
          </Button>
        </div>
      )}
    </fieldset>
  )
}
