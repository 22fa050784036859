import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Checked } from '#authoring/check'
import { bundledYears, documentOf } from '#instruments/years'
import { Button } from '#ui/button.tsx'
import { Disclosure } from '#ui/disclosure.tsx'
import { Notice } from '#ui/notice.tsx'
import { saveFile } from '../asking/save-file.ts'
import { useOnce } from '../asking/use-once.ts'

/** A table that was copied from a manual, put into a year to begin from: checked at once, or saved as a workbook to go on with. */
export function PastePart({ onChecked }: { onChecked: (checked: Checked | null) => void }) {
  const { t } = useTranslation()
  const years = bundledYears()
  const [base, setBase] = useState(years[years.length - 1]?.id ?? '')
  const [id, setId] = useState('')
  const [fiscalYear, setFiscalYear] = useState('')
  const [text, setText] = useState('')
  const [placed, setPlaced] = useState<number | null>(null)
  const paste = async () => {
    const [{ pasteQuestions }, words] = await Promise.all([import('#authoring/paste'), import('./words.ts')])
    const pasted = pasteQuestions(documentOf(base), { id, fiscalYear, text }, words.headings())
    setPlaced(pasted.placed)
    return { pasted, words }
  }
  const check = useOnce(async () => {
    // what was said of another text, and ticked, is said of it alone
    onChecked(null)
    const { pasted, words } = await paste()
    const { checkInstruments } = await import('#authoring/check')
    const taken = years.map((year) => year.id)
    onChecked(checkInstruments(pasted, words.HEADINGS, taken))
  })
  const save = useOnce(async () => {
    const { pasted } = await paste()
    const { sheetsWorkbook } = await import('#authoring/files')
    const workbook = await sheetsWorkbook(pasted.sheets)
    saveFile(`ita-${id || base}.xlsx`, [workbook], workbook.type)
  })
  return (
    <Disclosure quiet summary={t('instruments.paste')}>
      <p>{t('instruments.pasteHelp')}</p>
      <div className="field">
        <label htmlFor="paste-base">{t('instruments.pasteBase')}</label>
        <select id="paste-base" value={base} onChange={(event) => setBase(event.target.value)}>
          {years.map(({ id: year, fiscalYear, status }) => (
            <option key={year} value={year}>
              {t(`instruments.template.${status}`, { year: fiscalYear }).replace(' (.xlsx)', '')}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor="paste-id">{t('instruments.pasteId')}</label>
        <input id="paste-id" value={id} maxLength={36} onChange={(event) => setId(event.target.value)} />
      </div>
      <div className="field">
        <label htmlFor="paste-year">{t('instruments.pasteYear')}</label>
        <input
          id="paste-year"
          inputMode="numeric"
          value={fiscalYear}
          maxLength={4}
          onChange={(event) => setFiscalYear(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor="paste-text">{t('instruments.pasteText')}</label>
        <textarea id="paste-text" rows={8} value={text} onChange={(event) => setText(event.target.value)} />
      </div>
      {placed !== null && (
        <Notice live>
          <span data-placed={placed}>{t('instruments.placed', { count: placed })}</span>
        </Notice>
      )}
      <div className="row">
        <Button id="check-paste" onClick={() => void check()}>
          {t('instruments.pasteCheck')}
        </Button>
        <Button id="save-paste" kind="secondary" onClick={() => void save()}>
          {t('instruments.pasteSave')}
        </Button>
      </div>
    </Disclosure>
  )
}
