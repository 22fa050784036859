import { useRef, useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import type { Device } from '#device/device'
import type { Draft } from '#device/draft'
import { holdsTicket } from '#device/holdings'
import { sealDraft } from '#device/seal'
import type { OutboxRecord } from '#device/store'
import type { FormValues } from '#questions/form-values.ts'
import { isReady, type SealState, type Session } from './stage.ts'

interface SealingProps {
  readonly device: Device
  readonly session: Session
  readonly form: UseFormReturn<FormValues>
  readonly draftOf: () => Draft
  readonly onSealed: (record: OutboxRecord) => void
  /** There is no ticket any more: sealed in another tab, or wiped. */
  readonly onLeave: () => void
}

/** Seals what was answered, once, however often it is asked for. */
export function useSealing({ device, session, form, draftOf, onSealed, onLeave }: SealingProps) {
  const [state, setState] = useState<SealState>('open')
  const isSealing = useRef(false)
  const seal = form.handleSubmit(async () => {
    // the button waits, in words, until the ticket has come
    if (isSealing.current || !isReady(session)) return
    isSealing.current = true
    setState('sealing')
    try {
      const sealed = await sealDraft(device, session.campaign, session.ticket, draftOf())
      if (sealed.outcome === 'sealed') onSealed(sealed.record)
      else onLeave()
    } catch {
      isSealing.current = false
      // then there is nothing to try again
      if (await holdsTicket(device, session.ticket.id)) setState('failed')
      else onLeave()
    }
  })
  return { state, seal }
}
