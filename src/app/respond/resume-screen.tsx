import { useTranslation } from 'react-i18next'
import { missingItems } from '#survey/answers'
import { Button } from '#ui/button.tsx'
import { Foot } from '#ui/foot.tsx'
import { Page } from '#ui/page.tsx'
import { DraftActions } from './draft-actions.tsx'
import { InLine } from './in-line.tsx'
import { MoreLinks } from './more-links.tsx'
import { openingOf, type Session, type Stage } from './stage.ts'
import type { More } from './use-more.ts'
import { WeakerPromises } from './weaker-promises.tsx'
import { Eyebrow, ticketOnItsWay } from './welcome-screen.tsx'

interface ResumeProps {
  readonly stage: Extract<Stage, { at: 'waiting' | 'welcome' }>
  readonly session: Session
  readonly onStart: (session: Session) => void
  readonly onDiscard: (session: Session) => void
  readonly more: More
}

/** Somebody comes back to answers of their own: how far they came, and one button that goes on where they were. */
export function ResumeScreen({ stage, session, onStart, onDiscard, more }: ResumeProps) {
  const { t } = useTranslation()
  const { questionnaire, draft, campaign, ticket } = session
  const all = questionnaire.items.length
  const missing = missingItems(questionnaire, draft?.answers ?? {})
  const done = all - missing.length
  const [next] = missing
  const opening = openingOf(session)
  const goesToItem = next && (opening === null || draft?.coarse[opening])
  return (
    <Page
      title={t('resume.title', { done, all })}
      pageKey="resume"
      tab={null}
      eyebrow={<Eyebrow campaign={campaign} lane={ticket.lane} />}
    >
      <progress className="resume" max={all} value={done} aria-label={t('question.answered', { done, all })} />
      <p
        id="ticket-state"
        role="status"
        data-ticket={stage.at === 'welcome' ? 'ready' : stage.isComing ? 'coming' : 'waiting'}
      >
        {stage.at === 'welcome' ? t('ticket.ready') : ticketOnItsWay(stage, t)}
      </p>
      <InLine />
      {campaign && <WeakerPromises manifest={campaign.manifest} lane={ticket.lane} canStart />}
      <DraftActions onDiscard={() => onDiscard(session)} />
      <MoreLinks more={more} />
      <Foot>
        <Button
          id="start"
          blocked={stage.at === 'waiting' && stage.notYet}
          describedBy="ticket-state"
          onClick={() => onStart(session)}
        >
          {goesToItem
            ? t('resume.go', { number: questionnaire.items.indexOf(next) + 1 })
            : t(next ? 'resume.goOn' : 'question.review')}
        </Button>
      </Foot>
    </Page>
  )
}
