import { useTranslation } from 'react-i18next'
import { may } from '#protocol/office'
import { WhenBroken } from '#ui/when-broken.tsx'
import { useOffice } from './asking/office-context.ts'
import { hashOf, type Place } from './asking/place.ts'
import { BrokenPage } from './broken-page.tsx'
import { CreatePage } from './create/create-page.tsx'
import { InstrumentsPage } from './instruments/instruments-page.tsx'
import { LogPage } from './log/log-page.tsx'
import { RoundPage } from './round/round-page.tsx'
import { RoundsPage } from './rounds-page.tsx'
import { TeamPage } from './team-page.tsx'

/** The pages, and the way between them. */
export function RoomPages({ place, onSignOut }: { place: Place; onSignOut: () => void }) {
  const { t } = useTranslation()
  const { me } = useOffice()
  const links: Extract<Place, { at: 'rounds' | 'instruments' | 'team' | 'log' }>[] = [
    { at: 'rounds' },
    { at: 'instruments' },
  ]
  if (may(me, 'run')) links.push({ at: 'team' })
  if (may(me, 'open')) links.push({ at: 'log' })
  return (
    <>
      <nav className="room-nav" aria-label={t('nav.label')}>
        {links.map((link) => (
          <a key={link.at} href={hashOf(link)} aria-current={link.at === place.at ? 'page' : undefined}>
            {t(`nav.${link.at}`)}
          </a>
        ))}
        <span className="who">
          {me.name} · {t(`role.${me.role}`)}
        </span>
        <button type="button" className="link" onClick={onSignOut}>
          {t('nav.signOut')}
        </button>
      </nav>
      <WhenBroken place={hashOf(place)} screen={<BrokenPage />}>
        <PageOf place={place} />
      </WhenBroken>
    </>
  )
}

function PageOf({ place }: { place: Place }) {
  const { me } = useOffice()
  if (place.at === 'create' && may(me, 'run')) return <CreatePage />
  if (place.at === 'round') return <RoundPage key={place.cid} cid={place.cid} part={place.part} />
  if (place.at === 'instruments') return <InstrumentsPage />
  if (place.at === 'team' && may(me, 'run')) return <TeamPage />
  if (place.at === 'log' && may(me, 'open')) return <LogPage />
  return <RoundsPage />
}
