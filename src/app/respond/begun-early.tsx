import { useTranslation } from 'react-i18next'
import { CheckNumber } from './check-number.tsx'
import { isReady, type Session } from './stage.ts'
import { WeakerPromises } from './weaker-promises.tsx'

interface BegunEarlyProps {
  readonly session: Session
  /** Before sealing: the number that everybody compares, too. */
  readonly isLast?: boolean
}

/** For whoever began before round and ticket had come: whether they have, and what the first screen says of the round otherwise. */
export function BegunEarly({ session, isLast = false }: BegunEarlyProps) {
  const { t } = useTranslation()
  const { campaign } = session
  const ready = isReady(session)
  return (
    <>
      <p id="ticket-state" role="status" className="ticket-state" data-ticket={ready ? 'ready' : 'waiting'}>
        {t(ready ? 'ticket.ready' : isLast ? 'ticket.neededToSeal' : 'ticket.comingWhileAnswering')}
      </p>
      {campaign && <WeakerPromises manifest={campaign.manifest} canStart={ready} />}
      {isLast && <CheckNumber campaign={campaign} afterMs={0} />}
    </>
  )
}
