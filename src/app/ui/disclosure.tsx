import type { ReactNode } from 'react'

interface DisclosureProps {
  readonly summary: ReactNode
  readonly children: ReactNode
  readonly quiet?: boolean
  readonly onClose?: () => void
}

/** Opens and closes without a script, by keyboard too. */
export function Disclosure({ summary, children, quiet = false, onClose }: DisclosureProps) {
  return (
    <details
      className={quiet ? 'disclosure quiet' : 'disclosure'}
      onToggle={({ currentTarget }) => !currentTarget.open && onClose?.()}
    >
      <summary>{summary}</summary>
      <div className="disclosed">{children}</div>
    </details>
  )
}
