import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bangkokDay } from '#protocol/day'
import { FIRST_LANGUAGE } from '#protocol/language'
import { Button } from '#ui/button.tsx'
import { DayField } from '../asking/day-field.tsx'
import { dayInWords, dayLater } from '../asking/days.ts'
import type { OitTick } from './oit-paper.ts'

interface OitDutyProps {
  readonly id: string
  readonly tick: OitTick
  /** Id of the list of units that are known. */
  readonly units: string
  readonly onTick: ((tick: OitTick) => void) | null
}

/** A month is proposed: what is put on a website has to be asked for, written and approved. */
const DAYS_AHEAD = 30
const LONGEST_UNIT = 200

/** Who sees to an item until when. */
export function OitDuty({ id, tick, units, onTick }: OitDutyProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const isGiven = tick.unit !== '' || tick.due !== ''
  if (!isGiven && !onTick) return null
  if (!onTick || !isOpen)
    return (
      <p className="small oit-duty">
        {isGiven && <Duty tick={tick} />}{' '}
        {onTick && (
          <Button
            kind="quiet"
            onClick={() => {
              // a day that is already there is not moved
              if (!isGiven) onTick({ ...tick, due: dayLater(bangkokDay(Date.now()), DAYS_AHEAD) })
              setOpen(true)
            }}
          >
            {t(isGiven ? 'oit.changeDuty' : 'oit.giveDuty', { id })}
          </Button>
        )}
      </p>
    )
  return (
    <div className="oit-duty">
      <label className="field line">
        {t('oit.unit')}
        <input
          lang={FIRST_LANGUAGE}
          name={`unit-${id}`}
          list={units}
          autoComplete="off"
          maxLength={LONGEST_UNIT}
          value={tick.unit}
          onChange={({ target }) => onTick({ ...tick, unit: target.value })}
        />
      </label>
      {tick.due !== '' && (
        <DayField
          label={t('oit.due')}
          name={`due-${id}`}
          value={tick.due}
          onChange={(due) => onTick({ ...tick, due })}
        />
      )}
      <Button
        kind="quiet"
        onClick={() => {
          onTick({ ...tick, unit: '', due: '' })
          setOpen(false)
        }}
      >
        {t('oit.takeDuty')}
      </Button>
    </div>
  )
}

/** Who, until when, and whether that day is over. */
export function Duty({ tick }: { tick: OitTick }) {
  const { t, i18n } = useTranslation()
  return (
    <>
      <span lang={FIRST_LANGUAGE}>{tick.unit.trim() || t('oit.nobody')}</span>
      {tick.due !== '' && ` · ${t('oit.until', { day: dayInWords(tick.due, i18n.language) })}`}
      {isLate(tick) && (
        <>
          {' '}
          <strong className="late">{t('oit.late')}</strong>
        </>
      )}
    </>
  )
}

/** Whether the day until when something was to be done is over. */
export function isLate({ due }: OitTick): boolean {
  return due !== '' && due < bangkokDay(Date.now())
}
