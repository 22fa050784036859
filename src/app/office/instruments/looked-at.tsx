import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { checkInstruments } from '#authoring/check'
import { yearToSheets } from '#authoring/to-sheets'
import type { YearDocument } from '#instruments/years'
import { FaultWords } from './fault-words.tsx'
import { HEADINGS, headings } from './words.ts'

/** What the importer had to look at and said was meant: the second person looks at the same. */
export function LookedAt({ document }: { document: YearDocument }) {
  const { t } = useTranslation()
  const faults = useMemo(() => {
    const sheets = yearToSheets(document, headings())
    return checkInstruments({ sheets, faults: [] }, HEADINGS, []).faults
  }, [document])
  return (
    <section data-looked-at={faults.length}>
      <h4>{t('instruments.lookedAt', { count: faults.length })}</h4>
      <ul className="faults">
        {faults.map((fault) => (
          <li key={`${fault.code} ${fault.sheet} ${fault.cell} ${fault.value}`}>
            <FaultWords fault={fault} cells={[fault.cell]} />
          </li>
        ))}
      </ul>
    </section>
  )
}
