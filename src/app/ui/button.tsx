import type { ReactNode } from 'react'

interface ButtonProps {
  readonly children: ReactNode
  readonly onClick: () => void
  readonly kind?: 'primary' | 'secondary' | 'quiet' | 'danger'
  /** Cannot be pressed now; stays focusable, so that a screen reader can say why (`describedBy`). */
  readonly blocked?: boolean
  readonly describedBy?: string
  readonly id?: string
}

export function Button({ children, onClick, kind = 'primary', blocked = false, describedBy, id }: ButtonProps) {
  return (
    <button
      type="button"
      id={id}
      className={`button ${kind}`}
      aria-disabled={blocked || undefined}
      aria-describedby={describedBy}
      onClick={blocked ? undefined : onClick}
    >
      {children}
    </button>
  )
}
