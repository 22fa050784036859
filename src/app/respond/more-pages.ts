import type { i18n } from 'i18next'
import { loadWords } from '#i18n/i18n.ts'
import type { CheckPage } from './check-page.tsx'
import type { ReceiptsPage } from './receipts-page.tsx'

interface MorePages {
  readonly CheckPage: typeof CheckPage
  readonly ReceiptsPage: typeof ReceiptsPage
}

let pages: MorePages | null = null

/** Fetches the pages beside the way from slip to receipt, and their words; they are there before the first screen says "ready". */
export async function loadMorePages(instance: i18n): Promise<void> {
  const [check, receipts] = await Promise.all([
    import('./check-page.tsx'),
    import('./receipts-page.tsx'),
    loadWords(instance, 'check'),
  ])
  pages = { CheckPage: check.CheckPage, ReceiptsPage: receipts.ReceiptsPage }
}

/** The loaded pages. Throws before `loadMorePages` has been answered, which no way leads to. */
export function morePages(): MorePages {
  if (!pages) throw new Error('a page was opened before it was loaded')
  return pages
}
