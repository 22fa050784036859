import { useTranslation } from 'react-i18next'
import type { Fault } from '#authoring/tables'

/** What a fault says, after the sheet and the cells where it stands. */
export function FaultWords({ fault: { sheet, code, value }, cells }: { fault: Fault; cells: readonly string[] }) {
  const { t } = useTranslation('authoring')
  const place = [sheet ? t(`sheet.${sheet}`) : '', cells.join(' ')].filter((text) => text !== '').join(' ')
  return (
    <>
      {place !== '' && <strong>{place} </strong>}
      {t(`fault.${code}`, { value })}
    </>
  )
}
