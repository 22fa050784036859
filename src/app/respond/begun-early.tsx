import { useTranslation } from 'react-i18next'
import { CheckNumber } from './check-number.tsx'
import { isReady, type Session } from './stage.ts'
import { WeakerPromises } from './weaker-promises.tsx'

interface BegunEarlyProps {
  readonly session: Session
  /** Before sealing: what is missing now is missing for that. */
  readonly isLast?: boolean
}

const WORDS = {
  ready: 'ticket.ready',
  coming: 'ticket.comingWhileAnswering',
  waiting: 'ticket.neededToSeal',
} as const

/** For whoever began before round and ticket had come: whether they have. */
export function BegunEarly({ session, isLast = false }: BegunEarlyProps) {
  const { t } = useTranslation()
  const state = isReady(session) ? 'ready' : isLast ? 'waiting' : 'coming'
  return (
    <p id="ticket-state" role="status" className="ticket-state" data-ticket={state}>
      {t(WORDS[state])}
    </p>
  )
}

/** Before sealing: all that is said of the round, and the number that everybody compares, however one came here. */
export function BeforeSealing({ session }: Pick<BegunEarlyProps, 'session'>) {
  return (
    <>
      <RoundSaid session={session} />
      <CheckNumber campaign={session.campaign} afterMs={0} />
    </>
  )
}

/** What makes the round's promise weaker, once it is known. */
export function RoundSaid({ session }: Pick<BegunEarlyProps, 'session'>) {
  const { campaign } = session
  return (
    campaign && <WeakerPromises manifest={campaign.manifest} lane={session.ticket.lane} canStart={isReady(session)} />
  )
}
