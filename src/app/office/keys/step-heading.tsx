import { type ReactNode, useEffect, useRef } from 'react'

/** The heading of a step that takes the place of another one: it has the focus, so that it is read out and Tab goes on from it. */
export function StepHeading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <h2 ref={heading} tabIndex={-1} className="step-heading">
      {children}
    </h2>
  )
}
