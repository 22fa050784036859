import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Lane } from '#protocol/lane'
import type { Campaign, Manifest } from '#protocol/manifest'
import { Owner, WhomToAsk } from '#questions/owner.tsx'
import { useCheckNumber } from '#questions/use-check-number.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import { DraftActions } from './draft-actions.tsx'
import { Leaves } from './leaves.tsx'
import { MoreLinks } from './more-links.tsx'
import type { Session, Stage } from './stage.ts'
import type { More } from './use-more.ts'
import { dayInWords, WeakerPromises } from './weaker-promises.tsx'

interface WelcomeProps {
  readonly stage: Extract<Stage, { at: 'starting' | 'waiting' | 'welcome' }>
  readonly onStart: (session: Session) => void
  readonly onDiscard: (session: Session) => void
  readonly more: More
}

const PROMISES = ['promise1', 'promise2', 'promise3', 'promise4'] as const

/** The first screen, also prerendered: what this is, the promise, the check number, what leaves, one button. */
export function WelcomeScreen({ stage, onStart, onDiscard, more }: WelcomeProps) {
  const { t, i18n } = useTranslation()
  const session = stage.at === 'welcome' ? stage.session : undefined
  const { campaign, lane } = knownOf(stage)
  const answered = session?.draft ? Object.keys(session.draft.answers).length : 0
  const all = session?.questionnaire.items.length ?? 0
  const state = stage.at === 'welcome' ? 'ready' : stage.at
  return (
    <Page title={t('welcome.title')} pageKey="welcome" eyebrow={<Eyebrow campaign={campaign} lane={lane} />}>
      <p className="lead">{t('welcome.lead')}</p>
      <p className="lead">{lengthOf(session, t)}</p>
      {campaign && <Until manifest={campaign.manifest} />}
      <ul className="promises" aria-label={t('welcome.promise')}>
        {PROMISES.map((promise) => (
          <li key={promise}>{t(`welcome.${promise}`)}</li>
        ))}
      </ul>
      <CheckNumber campaign={campaign} afterMs={state === 'ready' ? NUMBER_AFTER_READY_MS : NUMBER_AFTER_MS} />
      <PosterNotice lane={lane} />
      {campaign && <WeakerPromises manifest={campaign.manifest} canStart={state === 'ready'} />}
      <Leaves session={session} />
      <Notice live id="ticket-state" kind={state === 'ready' ? 'good' : state === 'waiting' ? 'warning' : 'calm'}>
        <span data-ticket={state}>{ticketWords(stage, t, i18n.language)}</span>
      </Notice>
      <Button id="start" blocked={!session} describedBy="ticket-state" onClick={() => session && onStart(session)}>
        {answered > 0 ? t('welcome.resume', { done: answered, all }) : t('welcome.start')}
      </Button>
      {session && answered > 0 && <DraftActions onDiscard={() => onDiscard(session)} />}
      <MoreLinks more={more} />
      {campaign && <WhomToAsk manifest={campaign.manifest} />}
      <p className="small">{t('app.rehearsal')}</p>
    </Page>
  )
}

/** The number that everybody compares: worked out while the promise is read. */
/** Once "ready" has been drawn: on a phone of two cores the number would hold it up. */
const NUMBER_AFTER_READY_MS = 400
/** While the ticket is still coming, which needs the same thread. */
const NUMBER_AFTER_MS = 3000

function CheckNumber({ campaign, afterMs }: { campaign: Campaign | null; afterMs: number }) {
  const { t } = useTranslation()
  const number = useCheckNumber(campaign?.mh ?? null, afterMs)
  const coming = t(campaign ? 'welcome.checkNumberDeriving' : 'welcome.checkNumberComing')
  return (
    <div className="check-number">
      <p className="label">{t('welcome.checkNumber')}</p>
      <p className="number" data-check-number={number ?? ''}>
        {number ?? <span className="coming">{coming}</span>}
      </p>
      <p className="help">{t('welcome.checkNumberHelp')}</p>
    </div>
  )
}

/** What comes from a poster is no measure of anything: said before somebody answers. */
function PosterNotice({ lane }: { lane: Lane | null }) {
  const { t } = useTranslation()
  return lane === 'eit-open' ? <Notice>{t('welcome.open')}</Notice> : null
}

function ticketWords(stage: WelcomeProps['stage'], t: TFunction, language: string): string {
  if (stage.at === 'starting') return t('ticket.starting')
  if (stage.at === 'welcome') return t('ticket.ready')
  const notYet = stage.notYet && stage.campaign
  return notYet
    ? t('ticket.notYet', { day: dayInWords(notYet.manifest.issueWindow.from, language) })
    : t('ticket.waiting')
}

/** What is known of the round while the slip is read. */
function knownOf(stage: WelcomeProps['stage']): { readonly campaign: Campaign | null; readonly lane: Lane | null } {
  if (stage.at === 'welcome') return { campaign: stage.session.campaign, lane: stage.session.ticket.lane }
  return stage.at === 'waiting' ? stage : { campaign: null, lane: null }
}

/** Whose survey this is, as soon as the slip was read. */
function Eyebrow({ campaign, lane }: { campaign: Campaign | null; lane: Lane | null }) {
  const { t } = useTranslation()
  if (!lane) return t('app.name')
  const what = t(lane === 'iit' ? 'lane.iit' : 'lane.eit')
  return campaign ? <Owner manifest={campaign.manifest} what={what} /> : what
}

/** The last day of answering. */
function Until({ manifest }: { manifest: Manifest }) {
  const { t, i18n } = useTranslation()
  return <p className="lead">{t('owner.until', { day: dayInWords(manifest.answerWindow.to, i18n.language) })}</p>
}

function lengthOf(session: Session | undefined, t: TFunction): string {
  const { items, minutes = null } = session?.questionnaire ?? {}
  return items && minutes !== null ? t('welcome.length', { count: items.length, minutes }) : t('welcome.anyLength')
}
