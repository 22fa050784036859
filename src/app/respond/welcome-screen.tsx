import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Lane } from '#protocol/lane'
import type { Campaign } from '#protocol/manifest'
import { Owner, WhomToAsk } from '#questions/owner.tsx'
import { Button } from '#ui/button.tsx'
import { Foot } from '#ui/foot.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import { Picture } from '#ui/pictures.tsx'
import { CheckNumber } from './check-number.tsx'
import { InLine } from './in-line.tsx'
import { Leaves } from './leaves.tsx'
import { MoreLinks } from './more-links.tsx'
import { isReady, type Session, type Stage } from './stage.ts'
import type { More } from './use-more.ts'
import { dayInWords, WeakerPromises } from './weaker-promises.tsx'

interface WelcomeProps {
  readonly stage: Extract<Stage, { at: 'starting' | 'waiting' | 'welcome' }>
  readonly onStart: (session: Session) => void
  readonly more: More
}

/** The first screen, also prerendered: whose this is, the promise, the check number, and one button that is always in view. */
export function WelcomeScreen({ stage, onStart, more }: WelcomeProps) {
  const { t } = useTranslation()
  const session = stage.at === 'starting' ? null : stage.session
  const { campaign, lane } = knownOf(stage)
  const state = stage.at === 'welcome' ? 'ready' : stage.at
  const isVisitor = lane !== null && lane !== 'iit'
  return (
    <Page
      title={t(isVisitor ? 'welcome.titleVisitor' : 'welcome.title')}
      pageKey="welcome"
      tab={null}
      eyebrow={<Eyebrow campaign={campaign} lane={lane} />}
    >
      <p className="lead">{useFacts(session, campaign)}</p>
      <InLine />
      {stage.at !== 'starting' && stage.replaced && <Notice kind="warning">{t('welcome.replaced')}</Notice>}
      {campaign && <WeakerPromises manifest={campaign.manifest} lane={lane} canStart={state === 'ready'} />}
      <CheckNumber campaign={campaign} afterMs={state === 'ready' ? NUMBER_AFTER_READY_MS : NUMBER_AFTER_MS} />
      <Promises campaign={campaign} />
      <TicketState stage={stage} />
      <Leaves session={session ?? undefined} />
      <MoreLinks more={more} />
      {campaign && <WhomToAsk manifest={campaign.manifest} />}
      <p className="small">{t('app.rehearsal')}</p>
      <Foot>
        <Button id="start" blocked={!session} describedBy="ticket-state" onClick={() => session && onStart(session)}>
          {t('welcome.start')}
        </Button>
      </Foot>
    </Page>
  )
}

/** Whether one may begin, told when it changes. */
function TicketState({ stage }: Pick<WelcomeProps, 'stage'>) {
  const { t, i18n } = useTranslation()
  const state = stage.at === 'welcome' ? 'ready' : stage.at === 'waiting' && !stage.isComing ? 'waiting' : 'coming'
  return (
    <p id="ticket-state" role="status" className="ticket-state" data-ticket={state}>
      {ticketWords(stage, t, i18n.language)}
    </p>
  )
}

/** What is promised, each with its picture; who opens the box is known with the round. */
function Promises({ campaign }: { campaign: Campaign | null }) {
  const { t } = useTranslation()
  const shares = campaign?.manifest.keyShares
  return (
    <ul className="promises" aria-label={t('welcome.promise')}>
      <li>
        <Picture name="phone" />
        <span>{t('welcome.promiseSealed')}</span>
      </li>
      <li>
        <Picture name="box" />
        <span>
          {shares && shares.shares > 1
            ? t('welcome.promiseHolders', { threshold: shares.threshold, shares: shares.shares })
            : t('welcome.promiseBox')}
        </span>
      </li>
      <li>
        <Picture name="alike" />
        <span>{t('welcome.promiseAlike')}</span>
      </li>
    </ul>
  )
}

/** Once "ready" has been drawn: on a phone of two cores the number would hold it up. */
const NUMBER_AFTER_READY_MS = 400
/** While the ticket is still coming, which needs the same thread. */
const NUMBER_AFTER_MS = 3000

function ticketWords(stage: WelcomeProps['stage'], t: TFunction, language: string): string {
  if (stage.at === 'starting') return t('ticket.starting')
  if (stage.at === 'welcome') return t('ticket.ready')
  if (stage.notYet && stage.campaign)
    return t('ticket.notYet', { day: dayInWords(stage.campaign.manifest.issueWindow.from, language) })
  return ticketOnItsWay(stage, t)
}

/** Whether it is being asked for, and whether one may begin meanwhile. */
export function ticketOnItsWay({ isComing, session }: Extract<Stage, { at: 'waiting' }>, t: TFunction): string {
  if (isComing) return t(session && !isReady(session) ? 'ticket.coming' : 'ticket.starting')
  return t(session ? 'ticket.waitingButBegin' : 'ticket.waiting')
}

/** What is known of the round while the slip is read. */
function knownOf(stage: WelcomeProps['stage']): { readonly campaign: Campaign | null; readonly lane: Lane | null } {
  if (stage.at === 'welcome') return { campaign: stage.session.campaign, lane: stage.session.ticket.lane }
  return stage.at === 'waiting' ? stage : { campaign: null, lane: null }
}

/** Whose survey this is, as soon as the slip was read. */
export function Eyebrow({ campaign, lane }: { campaign: Campaign | null; lane: Lane | null }) {
  const { t } = useTranslation()
  if (!lane) return t('welcome.lead')
  const what = t(lane === 'iit' ? 'lane.iit' : 'lane.eit')
  return campaign ? <Owner manifest={campaign.manifest} what={what} /> : what
}

/** How much it is, and until when. */
function useFacts(session: Session | null, campaign: Campaign | null): string {
  const { t, i18n } = useTranslation()
  const { items, minutes = null } = session?.questionnaire ?? {}
  const length =
    items && minutes !== null ? t('welcome.length', { count: items.length, minutes }) : t('welcome.anyLength')
  const until = campaign && t('owner.until', { day: dayInWords(campaign.manifest.answerWindow.to, i18n.language) })
  return [length, until].filter(Boolean).join('\u00a0· ')
}
