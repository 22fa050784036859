import { useEffect } from 'react'
import { weakIds } from '#measures/issues'
import { takeWantedItem } from '../asking/wanted-item.ts'
import { usePlan } from './plan-context.ts'
import { useAdding } from './use-adding.ts'

/** Begins where somebody came from: at the measure that answers the item, or with a new one for it. */
export function useWantedItem(): void {
  const { state, plan, issues, mayChange } = usePlan()
  const { add } = useAdding()
  const { loaded } = state
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as soon as the plan is here
  useEffect(() => {
    const item = loaded ? takeWantedItem() : null
    if (item === null) return
    const issue = issues.find(({ finding }) => weakIds(finding).includes(item))
    const answer = plan.measures.find(({ items }) => items.includes(item))
    const id = answer?.id ?? (issue && mayChange ? add(issue.issue, { items: [item] }, ['']) : null)
    const place = id ? `measure-${id}` : `issue-${issue?.issue}`
    requestAnimationFrame(() => {
      const target = document.getElementById(place)
      target?.scrollIntoView({ block: 'start' })
      const field = target?.querySelector<HTMLElement>('textarea') ?? target?.querySelector<HTMLElement>('summary')
      field?.focus({ preventScroll: true })
    })
  }, [loaded])
}
