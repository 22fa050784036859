import type { ReactNode } from 'react'

/** What a screen leads to, always in view at its foot. */
export function Foot({ children }: { children: ReactNode }) {
  return <div className="page-foot">{children}</div>
}
