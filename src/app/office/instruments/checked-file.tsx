import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Checked } from '#authoring/check'
import type { Fault } from '#authoring/tables'
import type { YearDocument } from '#instruments/years'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { FaultWords } from './fault-words.tsx'
import { GoldenTable } from './golden-table.tsx'
import { Preview } from './preview.tsx'
import { YearDifferences } from './year-differences.tsx'

interface CheckedFileProps {
  readonly checked: Checked
  readonly onKeep: (document: YearDocument) => Promise<void>
}

/** All that is to be said about a file; it is kept only after everything that a person has to look at was looked at. */
export function CheckedFile({ checked: { faults, document }, onKeep }: CheckedFileProps) {
  const { t } = useTranslation()
  const [meant, setMeant] = useState<ReadonlySet<number>>(new Set())
  const stops = faults.filter(({ level }) => level === 'stop')
  const questions = faults.filter(({ level }) => level === 'confirm')
  const left = questions.length - meant.size
  const toggle = (at: number) =>
    setMeant((before) => new Set(before.has(at) ? [...before].filter((one) => one !== at) : [...before, at]))
  return (
    <section data-checked={stops.length}>
      <h2>{t('instruments.checked')}</h2>
      {stops.length > 0 ? (
        <Notice kind="warning" live>
          {t('instruments.stops', { count: stops.length })}
        </Notice>
      ) : (
        <Notice kind="good" live>
          {t('instruments.whole', { count: questions.length })}
        </Notice>
      )}
      {stops.length > 0 && (
        <ul className="faults">
          {together(stops).map(({ fault, cells }) => (
            <li key={`${fault.code} ${fault.sheet} ${cells.join()} ${fault.value}`} data-fault={fault.code}>
              <FaultWords fault={fault} cells={cells} />
            </li>
          ))}
        </ul>
      )}
      {document && (
        <>
          <fieldset className="choices faults">
            <legend>{t('instruments.confirm')}</legend>
            {questions.map((fault, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list of one file never changes
              <label key={at} className="choice" data-fault={fault.code}>
                <input type="checkbox" checked={meant.has(at)} onChange={() => toggle(at)} />
                <span>
                  <FaultWords fault={fault} cells={[fault.cell]} />
                </span>
              </label>
            ))}
          </fieldset>
          <GoldenTable document={document} />
          <YearDifferences document={document} />
          <Preview document={document} />
          {left > 0 && <p id="instruments-left">{t('instruments.left', { count: left })}</p>}
          <div className="row">
            <Button
              id="keep-instruments"
              blocked={left > 0}
              {...(left > 0 ? { describedBy: 'instruments-left' } : {})}
              onClick={() => void onKeep(document)}
            >
              {t('instruments.keep')}
            </Button>
          </div>
          <p className="help">{t('instruments.keepHelp')}</p>
        </>
      )}
    </section>
  )
}

/** The same fault at many cells of a sheet is one line with all of them. */
function together(faults: readonly Fault[]): { readonly fault: Fault; readonly cells: string[] }[] {
  const lines = new Map<string, { readonly fault: Fault; readonly cells: string[] }>()
  for (const fault of faults) {
    const key = `${fault.sheet} ${fault.code} ${fault.value}`
    const line = lines.get(key) ?? { fault, cells: [] }
    line.cells.push(fault.cell)
    lines.set(key, line)
  }
  return [...lines.values()]
}
