import type { ReactNode } from 'react'

interface NoticeProps {
  readonly children: ReactNode
  readonly kind?: 'calm' | 'good' | 'warning'
  readonly id?: string
  /** Read out when it changes. */
  readonly live?: boolean
}

/** A message that matters: it stays until it is no longer true. */
export function Notice({ children, kind = 'calm', id, live = false }: NoticeProps) {
  return (
    <div className={`notice ${kind}`} id={id} aria-live={live ? 'polite' : undefined}>
      {children}
    </div>
  )
}
