import { useTranslation } from 'react-i18next'
import { isTwin } from '#protocol/manifest'
import { may, type RoundView } from '#protocol/office'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import { dayInWords } from './asking/days.ts'
import { useOffice } from './asking/office-context.ts'
import { hashOf } from './asking/place.ts'
import { RefusalNotice } from './asking/refusal-notice.tsx'
import { agencyName, loadRounds, manifestOf } from './asking/rounds.ts'
import { useLoaded } from './asking/use-loaded.ts'
import { CheckNumber } from './keys/check-number.tsx'
import { LogWarning } from './log/log-warning.tsx'
import { NextPart } from './next-part.tsx'

/** All rounds, the newest first. */
export function RoundsPage() {
  const { t } = useTranslation()
  const { me, go } = useOffice()
  const { value, refused } = useLoaded(loadRounds)
  const rounds = [...(value?.rounds ?? [])].sort((a, b) => (startOf(a) < startOf(b) ? 1 : -1))
  // the year after an opening is about what it led to
  const opened = rounds.find(({ state }) => state === 'opened')
  return (
    <Page title={t('rounds.title')} pageKey="rounds">
      <RefusalNotice refused={refused} />
      <LogWarning />
      {rounds.some((round) => hasTwin(round, rounds)) && (
        <Notice kind="warning">
          <span data-twins>{t('rounds.twins')}</span>
        </Notice>
      )}
      {value && rounds.length === 0 && <Notice>{t('rounds.none')}</Notice>}
      {opened && <NextPart round={opened} today={value?.today ?? ''} />}
      <ul className="cards">
        {rounds.map((round) => (
          <li key={round.cid}>
            <RoundCard round={round} />
          </li>
        ))}
      </ul>
      {may(me, 'run') && (
        <div className="row">
          <Button id="create-round" onClick={() => go({ at: 'create' })}>
            {t('rounds.create')}
          </Button>
        </div>
      )}
    </Page>
  )
}

const OPEN = ['open', 'issue-closed'] as const

/** Two open rounds of one agency and year: one of them may be there to watch somebody. */
function hasTwin(round: RoundView, all: readonly RoundView[]): boolean {
  const isOpen = ({ state }: RoundView) => OPEN.some((one) => one === state)
  return isOpen(round) && all.some((other) => isOpen(other) && isTwin(manifestOf(round), manifestOf(other)))
}

function startOf(round: RoundView): string {
  return manifestOf(round).answerWindow.from
}

function RoundCard({ round }: { round: RoundView }) {
  const { t, i18n } = useTranslation()
  const { fiscalYear, agency, answerWindow } = manifestOf(round)
  const words = (day: string) => dayInWords(day, i18n.language)
  return (
    <a
      className="card"
      href={hashOf({ at: 'round', cid: round.cid, part: round.state === 'opened' ? 'open' : 'watch' })}
    >
      <strong>
        {t('rounds.year', { year: fiscalYear })} · {agencyName(agency, i18n.language)}
      </strong>
      <span className={`state ${round.state}`}>{t(`state.${round.state}`)}</span>
      <span className="small">
        {t('rounds.window', { from: words(answerWindow.from), to: words(answerWindow.to) })} · {t('rounds.checkNumber')}{' '}
        <CheckNumber round={round} />
      </span>
    </a>
  )
}
