import type { Item } from '#survey/questionnaire'

/** The next item below without an answer; null when there is none, so that nothing jumps when a person changes an answer. */
export function nextUnanswered(
  items: readonly Item[],
  answeredId: string,
  isAnswered: (id: string) => boolean,
): string | null {
  const below = items.slice(items.findIndex(({ id }) => id === answeredId) + 1)
  const [next] = below
  return next && !isAnswered(next.id) ? next.id : null
}

/** Brings an item into view; `focus` also moves the keyboard there. Glides only where motion is welcome. */
export function goToItem(id: string, how: 'glide' | 'focus'): void {
  const question = document.getElementById(`item-${id}`)
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches
  question?.scrollIntoView({
    block: how === 'focus' ? 'center' : 'start',
    behavior: still || how === 'focus' ? 'auto' : 'smooth',
  })
  if (how === 'focus') question?.querySelector('input')?.focus({ preventScroll: true })
}
