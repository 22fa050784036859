import { useEffect } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import type { FormValues } from '#questions/form-values.ts'
import { goToItem, nextUnanswered } from '#questions/move-on.ts'
import type { Indicator } from '#survey/questionnaire'

/** Keys 1–4 answer the next question on the page: for an officer who interviews and knows the choices by heart. */
export function useNumberKeys(form: UseFormReturn<FormValues>, indicator: Indicator | null | undefined): void {
  useEffect(() => {
    if (!indicator) return
    const onKey = (event: KeyboardEvent) => {
      const place = Number(event.key) - 1
      if (!/^[1-4]$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return
      const isAnswered = (id: string) => Boolean(form.getValues(`answers.${id}`))
      const item = indicator.items.find(({ id }) => !isAnswered(id))
      const option = item?.options[place]
      if (!item || !option) return
      event.preventDefault()
      form.setValue(`answers.${item.id}`, String(option.code), { shouldDirty: true })
      const next = nextUnanswered(indicator.items, item.id, isAnswered)
      if (next) goToItem(next, 'glide')
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [form, indicator])
}
