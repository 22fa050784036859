import { useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Preferences } from '#i18n/preferences.ts'
import { readPreferences, writePreferences } from '#i18n/preferences.ts'
import type { SignedIn } from '#protocol/office'
import { TopBar } from '#questions/top-bar.tsx'
import { Notice } from '#ui/notice.tsx'
import { nameProgram } from '#ui/page.tsx'
import { ask, whenSignedOut } from './asking/ask.ts'
import { OfficeProvider } from './asking/office-context.ts'
import { takeInvitation, usePlace } from './asking/place.ts'
import { JoinPage } from './entry/join-page.tsx'
import { ProofDialog, useProof } from './entry/proof-dialog.tsx'
import { SignInPage } from './entry/sign-in-page.tsx'
import { useIdle } from './entry/use-idle.ts'
import type { BoxOpening } from './opening/box-opening.ts'
import { RoomPages } from './room-pages.tsx'

type Session =
  | { readonly at: 'asking' }
  | { readonly at: 'out' }
  /** `ended` when the time was over: what was on the screen waits, out of sight, for the same account. */
  | { readonly at: 'in'; readonly me: SignedIn; readonly ended: boolean }

/** The survey team's room. */
export function OfficeApp({ invitation }: { invitation: string | null }) {
  const { t, i18n } = useTranslation()
  const [preferences, setPreferences] = useState<Preferences>(readPreferences)
  const [session, setSession] = useState<Session>({ at: 'asking' })
  const [joining, setJoining] = useState(invitation)
  const look = useCallback(async () => {
    const answer = await ask('GET /session')
    setSession('value' in answer ? { at: 'in', me: answer.value, ended: false } : { at: 'out' })
    setJoining(null)
  }, [])
  useEffect(() => {
    whenSignedOut(() => setSession((now) => (now.at === 'in' ? { ...now, ended: true } : { at: 'out' })))
    if (!invitation) void look()
  }, [look, invitation])
  useEffect(() => {
    // an invitation opened where the room is open already: no load, only another fragment
    const onHash = () => {
      const another = takeInvitation()
      if (another) setJoining(another)
    }
    window.addEventListener('hashchange', onHash)
    return () => window.removeEventListener('hashchange', onHash)
  }, [])
  useEffect(() => {
    document.documentElement.dataset.text = String(preferences.textSize)
    document.documentElement.lang = preferences.language
    void i18n.changeLanguage(preferences.language)
    writePreferences(preferences)
  }, [i18n, preferences])
  useEffect(() => {
    nameProgram(t('title'))
  }, [t])
  return (
    <div className="office" data-office={joining ? 'join' : session.at === 'in' && session.ended ? 'out' : session.at}>
      <TopBar preferences={preferences} onChange={setPreferences} />
      {joining && <JoinPage token={joining} onJoined={look} />}
      {!joining && session.at === 'asking' && (
        <main id="content" className="page" aria-busy="true">
          <Notice live>{t('asking')}</Notice>
        </main>
      )}
      {!joining && (session.at === 'out' || (session.at === 'in' && session.ended)) && (
        <SignInPage onSignedIn={look} notice={session.at === 'in' ? `${t('signIn.idle')} ${t('signIn.kept')}` : null} />
      )}
      {session.at === 'in' && (
        <div hidden={joining !== null || session.ended}>
          <Room
            key={session.me.id}
            me={session.me}
            onEnd={() => setSession({ ...session, ended: true })}
            onSignedOut={() => setSession({ at: 'out' })}
          />
        </div>
      )}
    </div>
  )
}

/** Opened boxes, by whose session they were opened in: nobody who signs in after somebody else finds them. */
const opened: { by: string; boxes: Map<string, BoxOpening> } = { by: '', boxes: new Map() }

function openingsOf(account: string): Map<string, BoxOpening> {
  if (opened.by !== account) forgetOpenings()
  opened.by = account
  return opened.boxes
}

/** Ends every opening and keeps nothing of it. */
function forgetOpenings(): void {
  for (const box of opened.boxes.values()) box.forget()
  opened.boxes = new Map()
  opened.by = ''
}

interface RoomProps {
  readonly me: SignedIn
  /** The time was over. */
  readonly onEnd: () => void
  /** Somebody left on purpose: nothing of theirs stays. */
  readonly onSignedOut: () => void
}

function Room({ me, onEnd, onSignedOut }: RoomProps) {
  const [place, go] = usePlace()
  const proof = useProof()
  const openings = openingsOf(me.id)
  const office = useMemo(() => ({ me, go, withProof: proof.withProof, openings }), [me, go, proof.withProof, openings])
  const signOut = () => {
    void ask('POST /sign-out')
    forgetOpenings()
    onSignedOut()
  }
  useIdle(me.idleMs, () => {
    void ask('POST /sign-out')
    onEnd()
  })
  return (
    <OfficeProvider value={office}>
      <RoomPages place={place} onSignOut={signOut} />
      {proof.asked && <ProofDialog name={me.name} onEnd={proof.end} />}
    </OfficeProvider>
  )
}
