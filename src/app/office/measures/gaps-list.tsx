import { useTranslation } from 'react-i18next'
import { type Gap, gapsOf } from '#measures/coverage'
import { Disclosure } from '#ui/disclosure.tsx'
import { Notice } from '#ui/notice.tsx'
import { usePlan } from './plan-context.ts'
import { useIssueName } from './use-issue-name.ts'

/** What an evaluator would miss, each with a way to it; or that nothing is missing. */
export function GapsList() {
  const { t } = useTranslation()
  const { issues, plan, release } = usePlan()
  const gaps = gapsOf(issues, plan, release.fiscalYear)
  if (gaps.length === 0)
    return (
      <Notice kind="good" live>
        <span data-gaps={0}>{t('measures.ready')}</span>
      </Notice>
    )
  return (
    <Disclosure summary={<span data-gaps={gaps.length}>{t('measures.gaps', { count: gaps.length })}</span>}>
      <p className="small">{t('measures.gapsLead')}</p>
      <ul className="gaps">
        {gaps.map((gap) => (
          <li key={JSON.stringify(gap)} data-gap={gap.gap}>
            <GapLine gap={gap} />
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}

/** To where something is missing: opened, whatever it stands in, and ready to be written in. */
function goTo(id: string): void {
  const target = document.getElementById(id)
  const folded = target?.querySelector('details')
  const all = [target, target?.closest('details'), id === 'plan-frame' ? folded : null]
  for (const one of all) if (one instanceof HTMLDetailsElement) one.open = true
  // what is inside is drawn by then
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      target?.scrollIntoView({ block: 'start' })
      target?.querySelector<HTMLElement>('textarea, input')?.focus({ preventScroll: true })
    }),
  )
}

function GapLine({ gap: { gap, issue, measure, about } }: { gap: Gap }) {
  const { t } = useTranslation()
  const { plan } = usePlan()
  const nameOf = useIssueName()
  const of = plan.measures.filter((one) => one.issue === issue)
  const nth = of.findIndex(({ id }) => id === measure) + 1
  const where = [issue ? nameOf(issue) : '', nth > 0 ? t('measures.nth', { n: nth }) : ''].filter(Boolean).join(' · ')
  const to = nth > 0 ? `measure-${measure}` : issue ? `issue-${issue}` : 'plan-frame'
  return (
    <>
      <button
        type="button"
        className="link"
        onClick={() => {
          goTo(to)
        }}
      >
        {where || t('measures.frame')}
      </button>{' '}
      {t(`measures.gap.${gap}`, { about })}
    </>
  )
}
