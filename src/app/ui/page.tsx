import { type ReactNode, useEffect, useRef } from 'react'

interface PageProps {
  readonly title: ReactNode
  readonly children: ReactNode
  /** Changes when another page is shown: then the title takes the focus and the page begins at its top. */
  readonly pageKey: string
  readonly eyebrow?: ReactNode
  /**
   * What the browser's tab and history call this page: its title, where nothing is given. Null for the program's name
   * alone, so that a history does not tell that somebody's answers were sent.
   */
  readonly tab?: string | null
}

/** The first page a person sees keeps the browser's own focus; every later one announces itself. */
let shownKey: string | null = null

/** What the tab says: the page, and whose it is. */
const tab = { program: '', page: null as string | null }

/** Names the program in the tab, after the page that is shown. */
export function nameProgram(name: string): void {
  tab.program = name
  writeTab()
}

function writeTab(): void {
  if (tab.program === '') return
  const title = tab.page === null ? tab.program : `${tab.page} – ${tab.program}`
  // what keeps compounds whole at the ends of lines has no place in a tab, a history or a bookmark
  document.title = title.replace(/\u2060/g, '')
}

export function Page({ title, children, pageKey, eyebrow, tab: named }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const name = named === undefined && typeof title === 'string' ? title : (named ?? null)
  useEffect(() => {
    tab.page = name
    writeTab()
  }, [name])
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
