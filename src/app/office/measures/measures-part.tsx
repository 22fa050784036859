import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { findingsMapOf } from '#instruments/findings-map'
import { wordsIn } from '#instruments/years'
import { isInPlan, issuesOf } from '#measures/issues'
import { planOf } from '#measures/plan'
import { FIRST_LANGUAGE } from '#protocol/language'
import { may, type RoundView } from '#protocol/office'
import { findingsOf } from '#results/findings'
import { readRelease } from '#results/read-release'
import type { Release } from '#results/release'
import { roundForms } from '#results/round-forms'
import { Disclosure } from '#ui/disclosure.tsx'
import { Notice } from '#ui/notice.tsx'
import { ask } from '../asking/ask.ts'
import { useOffice } from '../asking/office-context.ts'
import { hashOf } from '../asking/place.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { manifestOf, type PartProps } from '../asking/rounds.ts'
import { useLoaded } from '../asking/use-loaded.ts'
import { useBaseline } from '../results/use-baseline.ts'
import { CalendarStrip } from './calendar-strip.tsx'
import { CarryOver } from './carry-over.tsx'
import { DocumentsPart } from './documents-part.tsx'
import { FramePart } from './frame-part.tsx'
import { GapsList } from './gaps-list.tsx'
import { IssueSection } from './issue-section.tsx'
import { type PlanContext, PlanProvider, usePlan } from './plan-context.ts'
import { NO_FILTER, PlanFilter, passes } from './plan-filter.tsx'
import { PlanHead } from './plan-head.tsx'
import { PlanHistory } from './plan-history.tsx'
import { PublishPart } from './publish-part.tsx'
import { useDesk } from './use-desk.ts'
import { useEarlierPlan } from './use-earlier-plan.ts'
import { useWantedItem } from './use-wanted-item.ts'

/** What is to be done about a result, by whom and until when, and how far it is. Works from the tables that were kept. */
export function MeasuresPart({ round, today }: PartProps) {
  const { t } = useTranslation()
  const load = useCallback(
    () => ask('GET /rounds/:cid/papers/:paper', { cid: round.cid, paper: 'results' }),
    [round.cid],
  )
  const { value, refused } = useLoaded(load)
  const text = value?.text
  const release = useMemo(() => (text ? readRelease(text) : null), [text])
  if (!value) return <RefusalNotice refused={refused} />
  if (!release)
    return (
      <Notice>
        {t('measures.noResults')}{' '}
        <a href={hashOf({ at: 'round', cid: round.cid, part: 'open' })}>{t('round.part.open')}</a>
      </Notice>
    )
  return <ActionPlan round={round} release={release} today={today} />
}

function ActionPlan({ round, release, today }: { round: RoundView; release: Release; today: string }) {
  const { me } = useOffice()
  const { desk, state } = useDesk(round.cid, me.id)
  const { baseline } = useBaseline(round.cid)
  const earlier = useEarlierPlan(round)
  const forms = useMemo(() => roundForms(manifestOf(round)), [round])
  const context = useMemo((): PlanContext => {
    const map = findingsMapOf(release.asked.id)
    const findings = findingsOf(release, forms, map, baseline)
    const plan = planOf(state.rows.values())
    const words = Object.values(wordsIn(release.asked, FIRST_LANGUAGE))
    const named = manifestOf(round).units?.map(({ name }) => name) ?? []
    return {
      ...{ round, release, forms, map, baseline, findings, desk, state, plan, today, earlier },
      facts: {
        agency: release.agency[FIRST_LANGUAGE].short,
        map,
        textOf: (id) => words.flatMap(({ item }) => item[id]?.text ?? [])[0] ?? id,
      },
      issues: issuesOf(findings, plan),
      mayChange: may(me, 'run'),
      units: [...new Set([...named, ...plan.measures.flatMap(({ units }) => units)])],
    }
  }, [round, release, forms, baseline, desk, state, today, me, earlier])
  return (
    <PlanProvider value={context}>
      <PlanPage />
    </PlanProvider>
  )
}

function PlanPage() {
  const { t } = useTranslation()
  const { issues, plan, state, today, mayChange } = usePlan()
  const [filter, setFilter] = useState(NO_FILTER)
  useWantedItem()
  const filtered = filter !== NO_FILTER && (filter.unit !== '' || filter.state !== '')
  if (!state.loaded && state.rows.size === 0)
    return state.refused ? <RefusalNotice refused={{ refused: state.refused }} /> : <Notice live>{t('asking')}</Notice>
  const shown = plan.measures.filter((one) => passes(filter, one, today))
  return (
    <div className="action-plan" data-plan={plan.measures.length}>
      <p className="lead">{t('measures.lead')}</p>
      <PlanHead />
      <CarryOver />
      {!mayChange && <Notice>{t('measures.readOnly')}</Notice>}
      <GapsList />
      {plan.measures.length > 0 && <PlanFilter filter={filter} onFilter={setFilter} />}
      <CalendarStrip measures={shown} />
      {issues.filter(isInPlan).map((issue) => {
        const own = issue.measures.filter((one) => shown.includes(one))
        if (filtered && own.length === 0) return null
        return <IssueSection key={issue.issue} issue={issue} shown={own} filtered={filtered} />
      })}
      {!filtered && (
        <Disclosure summary={t('measures.moreIssues')} lazy>
          {issues
            .filter((issue) => !isInPlan(issue))
            .map((issue) => (
              <IssueSection key={issue.issue} issue={issue} shown={[]} filtered={false} />
            ))}
        </Disclosure>
      )}
      <FramePart />
      <DocumentsPart />
      <PublishPart />
      <Disclosure summary={t('measures.history')} lazy>
        <PlanHistory />
      </Disclosure>
    </div>
  )
}
