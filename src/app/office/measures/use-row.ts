import type { RowContent } from '#protocol/measures'
import { usePlan } from './plan-context.ts'

/** Changes some fields of a row as it is now on the desk: two fields that are changed at once lose nothing. */
export function useRow<Content extends RowContent>(id: string, untouched: Content) {
  const { desk } = usePlan()
  return (fields: Partial<Content>) => {
    const now = desk.state().rows.get(id)
    const content = now && now.content.kind === untouched.kind && !now.removed ? (now.content as Content) : untouched
    desk.change(id, { ...content, ...fields })
  }
}
