import { useId } from 'react'
import { FIRST_LANGUAGE } from '#protocol/language'
import { tidyProse } from '#protocol/measures'
import { usePlan } from './plan-context.ts'

interface LineFieldProps {
  readonly label: string
  readonly name: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly type?: 'text' | 'url' | 'number'
  readonly error?: string | null
  readonly quietLabel?: boolean
  readonly list?: string
}

/** One line of text. */
export function LineField(props: LineFieldProps) {
  const { label, name, value, onChange, type = 'text', error = null, quietLabel = false, list } = props
  const { mayChange } = usePlan()
  const id = useId()
  return (
    <div className="field line">
      <label htmlFor={id} className={quietLabel ? 'unseen' : undefined}>
        {label}
      </label>
      <input
        id={id}
        type={type}
        lang={FIRST_LANGUAGE}
        name={name}
        list={list}
        autoComplete="off"
        maxLength={type === 'url' ? 500 : 300}
        inputMode={type === 'number' ? 'decimal' : undefined}
        value={value}
        readOnly={!mayChange}
        aria-invalid={error !== null || undefined}
        aria-describedby={error === null ? undefined : `${id}-error`}
        onChange={(event) => onChange(tidyProse(event.target.value).replace(/\n/g, ' '))}
      />
      {error !== null && (
        <span className="error" id={`${id}-error`}>
          {error}
        </span>
      )}
    </div>
  )
}
