import { useTranslation } from 'react-i18next'
import { fiscalYearDays, measuresYear } from '#measures/fiscal-year'
import { isOverdue, type PlannedMeasure, percentOf, stateOf } from '#measures/plan'
import { INTL_LOCALES, languageOf } from '#protocol/language'
import { Wide } from '#ui/wide.tsx'
import { dayInWords, daysBetween } from '../asking/days.ts'
import { usePlan } from './plan-context.ts'

/** When what is done, month by month of the fiscal year, with today; as a table that a screen reader reads, too. */
export function CalendarStrip({ measures }: { measures: readonly PlannedMeasure[] }) {
  const { t, i18n } = useTranslation()
  const { release, today } = usePlan()
  const days = fiscalYearDays(measuresYear(release.fiscalYear))
  const all = daysBetween(days.from, days.to)
  const at = (day: string) => Math.min(100, Math.max(0, (100 * (daysBetween(days.from, day) - 1)) / all))
  const words = (day: string) => dayInWords(day, i18n.language)
  const dated = measures.filter(({ from, to }) => from !== '' && to !== '' && from <= to)
  if (dated.length === 0) return null
  return (
    <Wide label={t('measures.calendar')}>
      <table className="strip">
        <caption>{t('measures.calendarOf', { year: measuresYear(release.fiscalYear) })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('measures.measure')}</th>
            <th scope="col">
              <span className="months" aria-hidden="true">
                {monthsFrom(days.from, i18n.language).map((month) => (
                  <span key={month}>{month}</span>
                ))}
              </span>
              <span className="unseen">{t('measures.period')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {dated.map((measure) => (
            <tr key={measure.id} data-strip={measure.id}>
              <th scope="row">
                <a href={`#measure-${measure.id}`} onClick={(event) => jump(event, measure.id)}>
                  <span className="two-lines">{measure.text || '…'}</span>
                </a>
                {isOverdue(measure, today) && <span className="error">{t('measures.overdue')}</span>}
              </th>
              <td>
                <span className="unseen">
                  {words(measure.from)} – {words(measure.to)}, {t(`measures.state.${stateOf(measure)}`)}{' '}
                  {percentOf(measure)}%
                </span>
                <svg className="period-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                  <rect className="whole" x="0" y="0" width="100" height="10" />
                  <rect
                    className={stateOf(measure)}
                    x={at(measure.from)}
                    y="2"
                    width={Math.max(0.5, at(measure.to) - at(measure.from))}
                    height="6"
                  />
                  {today >= days.from && today <= days.to && (
                    <rect className="today" x={at(today)} y="0" width="0.4" height="10" />
                  )}
                </svg>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  )
}

/** To the card, and not to another place of the room: fragments are places here. */
function jump(event: { preventDefault: () => void }, id: string): void {
  event.preventDefault()
  const card = document.getElementById(`measure-${id}`)
  if (card instanceof HTMLDetailsElement) card.open = true
  card?.scrollIntoView({ block: 'start' })
}

function monthsFrom(day: string, language: string): string[] {
  const format = new Intl.DateTimeFormat(INTL_LOCALES[languageOf(language)], { month: 'short', timeZone: 'UTC' })
  const [year = 0, month = 1] = day.split('-').map(Number)
  return Array.from({ length: 12 }, (_, index) => format.format(Date.UTC(year, month - 1 + index, 1)))
}
