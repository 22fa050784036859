import { useEffect, useRef } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import type { FormValues } from '#questions/form-values.ts'
import { goToItem, nextUnanswered } from '#questions/move-on.ts'
import type { Indicator } from '#survey/questionnaire'

/**
 * Keys 1–9 answer the next question on the page, 0 takes the last answer back, and Enter goes on once all are answered: for
 * an officer who interviews and knows the choices by heart.
 */
export function useNumberKeys(
  form: UseFormReturn<FormValues>,
  indicator: Indicator | null | undefined,
  onNext: () => void,
): void {
  const latest = useRef(onNext)
  latest.current = onNext
  useEffect(() => {
    if (!indicator) return
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return
      const goTo = actOf(event, form, indicator)
      if (goTo === undefined) return
      event.preventDefault()
      if (goTo === 'next') latest.current()
      else if (goTo) goToItem(goTo, 'glide')
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [form, indicator])
}

/** Does what the key says. Answers the item to show then, null to stay, `next` for the next page, undefined when the key says nothing. */
function actOf(
  { key, target }: KeyboardEvent,
  form: UseFormReturn<FormValues>,
  { items }: Indicator,
): string | null | undefined {
  const isAnswered = (id: string) => Boolean(form.getValues(`answers.${id}`))
  const open = items.find(({ id }) => !isAnswered(id))
  // on a button Enter is the button's own
  if (key === 'Enter') return open || target instanceof HTMLButtonElement ? undefined : 'next'
  if (key === '0') {
    const last = [...items].reverse().find(({ id }) => isAnswered(id))
    if (last) form.setValue(`answers.${last.id}`, '', { shouldDirty: true })
    return last?.id
  }
  const option = /^[1-9]$/.test(key) ? open?.options[Number(key) - 1] : undefined
  if (!open || !option) return undefined
  form.setValue(`answers.${open.id}`, String(option.code), { shouldDirty: true })
  return nextUnanswered(items, open.id, isAnswered)
}
