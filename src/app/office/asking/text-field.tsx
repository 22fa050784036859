import type { UseFormRegisterReturn } from 'react-hook-form'

interface TextFieldProps {
  readonly label: string
  readonly registration: UseFormRegisterReturn
  readonly type?: 'text' | 'password' | 'number' | 'url'
  readonly help?: string | undefined
  readonly error?: string | undefined
  readonly autoComplete?: string
  readonly inputMode?: 'numeric'
  readonly maxLength?: number
}

/** A labelled field with its help and what is wrong with it, all tied to it for a screen reader. */
export function TextField(props: TextFieldProps) {
  const { label, registration, type = 'text', help, error, autoComplete = 'off', inputMode, maxLength } = props
  const id = `field-${registration.name.replaceAll('.', '-')}`
  const described = [help ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {help && (
        <span className="help" id={`${id}-help`}>
          {help}
        </span>
      )}
      <input
        id={id}
        type={type}
        autoComplete={autoComplete}
        inputMode={inputMode ?? (type === 'number' ? 'numeric' : undefined)}
        maxLength={maxLength}
        aria-describedby={described || undefined}
        aria-invalid={error ? true : undefined}
        {...registration}
      />
      {error && (
        <span className="error" id={`${id}-error`}>
          {error}
        </span>
      )}
    </div>
  )
}
