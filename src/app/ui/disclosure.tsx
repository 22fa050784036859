import type { ReactNode } from 'react'

interface DisclosureProps {
  readonly summary: ReactNode
  readonly children: ReactNode
  readonly quiet?: boolean
}

/** Opens and closes without a script, by keyboard too. */
export function Disclosure({ summary, children, quiet = false }: DisclosureProps) {
  return (
    <details className={quiet ? 'disclosure quiet' : 'disclosure'}>
      <summary>{summary}</summary>
      <div className="disclosed">{children}</div>
    </details>
  )
}
