import type { UseFormRegisterReturn } from 'react-hook-form'

export interface Choice {
  readonly value: string
  readonly label: string
}

interface ChoicesProps {
  readonly choices: readonly Choice[]
  readonly registration: UseFormRegisterReturn
  readonly describedBy?: string
}

/** Full-width choices, at least 48 px high, the whole surface to tap. */
export function Choices({ choices, registration, describedBy }: ChoicesProps) {
  return (
    <div className="choices">
      {choices.map(({ value, label }) => (
        <label key={value} className="choice">
          <input type="radio" value={value} aria-describedby={describedBy} {...registration} />
          <span>{label}</span>
        </label>
      ))}
    </div>
  )
}
