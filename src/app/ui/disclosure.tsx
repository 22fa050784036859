import { type ReactNode, useState } from 'react'

interface DisclosureProps {
  readonly summary: ReactNode
  readonly children: ReactNode
  readonly quiet?: boolean
  /** What is inside is made only while it is open: much of it, or ids that may be on a page once only. */
  readonly lazy?: boolean
  readonly onClose?: () => void
}

/** Opens and closes without a script, by keyboard too. */
export function Disclosure({ summary, children, quiet = false, lazy = false, onClose }: DisclosureProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details
      className={quiet ? 'disclosure quiet' : 'disclosure'}
      onToggle={({ currentTarget }) => {
        if (lazy) setOpen(currentTarget.open)
        if (!currentTarget.open) onClose?.()
      }}
    >
      <summary>{summary}</summary>
      <div className="disclosed">{(!lazy || isOpen) && children}</div>
    </details>
  )
}
