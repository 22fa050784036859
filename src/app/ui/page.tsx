import { type ReactNode, useEffect, useRef } from 'react'

interface PageProps {
  readonly title: ReactNode
  readonly children: ReactNode
  /** Changes when another page is shown: then the title takes the focus and the page begins at its top. */
  readonly pageKey: string
  readonly eyebrow?: ReactNode
}

/** The first page a person sees keeps the browser's own focus; every later one announces itself. */
let shownKey: string | null = null

export function Page({ title, children, pageKey, eyebrow }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (shownKey !== null && shownKey !== pageKey) {
      window.scrollTo(0, 0)
      heading.current?.focus({ preventScroll: true })
    }
    shownKey = pageKey
  }, [pageKey])
  return (
    <main id="content" className="page">
      {eyebrow && <p className="eyebrow">{eyebrow}</p>}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </main>
  )
}
