import { useTranslation } from 'react-i18next'
import { BUDDHIST_YEARS } from '#protocol/day'
import { dayInWords, monthNames } from './days.ts'

interface DayFieldProps {
  readonly label: string
  readonly name: string
  /** A day, 2026-12-01. */
  readonly value: string
  readonly onChange: (day: string) => void
  /** May only be looked at. */
  readonly disabled?: boolean
}

const DAYS = Array.from({ length: 31 }, (_, index) => index + 1)
const YEARS_AHEAD = 4

/** A day by three lists: browsers' own fields write years of the Gregorian calendar, and forms of the government do not. */
export function DayField({ label, name, value, onChange, disabled = false }: DayFieldProps) {
  const { t, i18n } = useTranslation()
  const [year = 0, month = 1, day = 1] = value.split('-').map(Number)
  const thisYear = new Date().getFullYear()
  const near = Array.from({ length: YEARS_AHEAD }, (_, index) => thisYear - 1 + index)
  // a day of long ago stays what it is
  const years = [...new Set([...near, year])].sort()
  const changed = (parts: { year?: number; month?: number; day?: number }) => {
    const [y, m] = [parts.year ?? year, parts.month ?? month]
    // the last day of a month that has no such day
    const d = Math.min(parts.day ?? day, new Date(Date.UTC(y, m, 0)).getUTCDate())
    onChange([y, String(m).padStart(2, '0'), String(d).padStart(2, '0')].join('-'))
  }
  const shownYear = (one: number) => (i18n.language === 'th' ? one + BUDDHIST_YEARS : one)
  return (
    <fieldset className="day-field" disabled={disabled}>
      <legend>{label}</legend>
      <select
        aria-label={t('day.day')}
        name={`${name}-day`}
        value={day}
        onChange={(event) => changed({ day: Number(event.target.value) })}
      >
        {DAYS.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
      <select
        aria-label={t('day.month')}
        name={`${name}-month`}
        value={month}
        onChange={(event) => changed({ month: Number(event.target.value) })}
      >
        {monthNames(i18n.language).map((one, index) => (
          <option key={one} value={index + 1}>
            {one}
          </option>
        ))}
      </select>
      <select
        aria-label={t('day.year')}
        name={`${name}-year`}
        value={year}
        onChange={(event) => changed({ year: Number(event.target.value) })}
      >
        {years.map((one) => (
          <option key={one} value={one}>
            {shownYear(one)}
          </option>
        ))}
      </select>
      <span className="help">{dayInWords(value, i18n.language)}</span>
    </fieldset>
  )
}
