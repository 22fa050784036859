import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tidyWords } from '#protocol/shapes'
import { type Baseline, baselineOfFigures } from '#results/baseline'
import { type FigureFault, figuresTemplate, readFigures } from '#results/baseline-csv'
import type { RoundForms } from '#results/round-forms'
import { Button } from '#ui/button.tsx'
import { Disclosure } from '#ui/disclosure.tsx'
import { Notice } from '#ui/notice.tsx'
import { countOf } from '../asking/count-of.ts'
import { saveFile } from '../asking/save-file.ts'

interface BaselineImportProps {
  readonly forms: RoundForms
  readonly onBaseline: (baseline: Baseline) => Promise<void>
}

/** Figures that were published of an earlier year, as a table with their source. */
export function BaselineImport({ forms, onBaseline }: BaselineImportProps) {
  const { t } = useTranslation()
  const [source, setSource] = useState('')
  const [year, setYear] = useState('')
  const [faults, setFaults] = useState<readonly FigureFault[] | 'needed' | null>(null)
  const take = async (file: File) => {
    const [from, fiscalYear] = [tidyWords(source), countOf(year)]
    if (from === '' || fiscalYear < 2500 || fiscalYear > 2700) return setFaults('needed')
    const read = readFigures(await textOf(file), { fiscalYear, source: from }, forms)
    if (Array.isArray(read)) return setFaults(read as readonly FigureFault[])
    setFaults(null)
    await onBaseline(baselineOfFigures(read as Exclude<typeof read, readonly FigureFault[]>, from, forms))
  }
  return (
    <Disclosure quiet summary={t('baseline.import')}>
      <p>{t('baseline.importHelp')}</p>
      <Button
        id="baseline-template"
        kind="quiet"
        onClick={() => saveFile(`ita-${forms.year.id}-figures.csv`, [figuresTemplate(forms)], 'text/csv;charset=utf-8')}
      >
        {t('baseline.template')}
      </Button>
      <div className="field">
        <label htmlFor="baseline-source">{t('baseline.source')}</label>
        <span className="help" id="baseline-source-help">
          {t('baseline.sourceHelp')}
        </span>
        <input
          id="baseline-source"
          aria-describedby="baseline-source-help"
          value={source}
          maxLength={200}
          onChange={(event) => setSource(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor="baseline-year">{t('baseline.year')}</label>
        <input
          id="baseline-year"
          inputMode="numeric"
          value={year}
          maxLength={4}
          onChange={(event) => setYear(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor="baseline-file">{t('baseline.file')}</label>
        <input
          id="baseline-file"
          type="file"
          accept=".csv,text/csv"
          onChange={(event) => {
            const [file] = event.target.files ?? []
            // the same file again, after it was mended, is a change too
            event.target.value = ''
            if (file) void take(file)
          }}
        />
      </div>
      {faults && <Faults faults={faults} />}
    </Disclosure>
  )
}

/** More are not read at once. */
const SHOWN = 20

function Faults({ faults }: { faults: readonly FigureFault[] | 'needed' }) {
  const { t } = useTranslation()
  if (faults === 'needed')
    return (
      <Notice kind="warning" live>
        {t('baseline.needed')}
      </Notice>
    )
  return (
    <Notice kind="warning" live>
      <p data-figure-faults={faults.length}>{t('baseline.faults', { count: faults.length })}</p>
      <ul>
        {faults.slice(0, SHOWN).map((fault) => (
          <li key={JSON.stringify(fault)}>{t(`baseline.fault.${fault.fault}`, { ...fault })}</li>
        ))}
      </ul>
    </Notice>
  )
}

/** The text of a file: UTF-8, or Windows-874 as Thai spreadsheets still save it. */
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-874').decode(bytes)
  }
}
