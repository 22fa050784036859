import type { UseFormRegisterReturn } from 'react-hook-form'

export interface Choice {
  readonly value: string
  readonly label: string
}

interface ChoicesProps {
  readonly choices: readonly Choice[]
  readonly registration: UseFormRegisterReturn
  readonly describedBy?: string
  /** Shows the key of each choice before it: 1, 2, … in the order they are read out. */
  readonly numbered?: boolean
}

/** Full-width choices, at least 48 px high, the whole surface to tap. */
export function Choices({ choices, registration, describedBy, numbered = false }: ChoicesProps) {
  return (
    <div className="choices">
      {choices.map(({ value, label }, index) => (
        <label key={value} className="choice">
          <input type="radio" value={value} aria-describedby={describedBy} {...registration} />
          {numbered && <kbd className="key">{index + 1}</kbd>}
          <span>{label}</span>
        </label>
      ))}
    </div>
  )
}
