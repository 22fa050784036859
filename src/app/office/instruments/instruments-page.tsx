import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Checked } from '#authoring/check'
import { bundledYears, documentOf, type YearDocument } from '#instruments/years'
import { canonicalJson } from '#protocol/json'
import { type ImportedList, may } from '#protocol/office'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import { type Answer, ask, type Refused } from '../asking/ask.ts'
import { knowImported, loadImported } from '../asking/imported.ts'
import { useOffice } from '../asking/office-context.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { useLoaded } from '../asking/use-loaded.ts'
import { useOnce } from '../asking/use-once.ts'
import { CheckedFile } from './checked-file.tsx'
import { ImportedCards } from './imported-cards.tsx'
import { PastePart } from './paste-part.tsx'
import { saveWorkbook } from './save-workbook.ts'

/** Instruments: those of this program as templates, a file of one's own with all that is to be said about it, and what was imported. */
export function InstrumentsPage() {
  const { t } = useTranslation()
  const { me, withProof } = useOffice()
  const { value, refused, set } = useLoaded(loadImported)
  const [checked, setChecked] = useState<Checked | null>(null)
  /** Counts the files that were checked: ticks belong to one of them. */
  const [nth, setNth] = useState(0)
  const onChecked = (next: Checked | null) => {
    setChecked(next)
    setNth((before) => before + 1)
  }
  const [failed, setFailed] = useState<Refused | null>(null)
  const [kept, setKept] = useState('')
  const send = useOnce(async (asking: () => Promise<Answer<ImportedList>>) => {
    const answer = await withProof(asking)
    setFailed('refused' in answer ? answer : null)
    if ('refused' in answer) return
    set(await knowImported(answer.value))
  })
  const keep = async (document: YearDocument) => {
    await send(() => ask('POST /instruments', { body: { text: canonicalJson(document) } }))
    setKept(document.rules.id)
    setChecked(null)
  }
  return (
    <Page title={t('instruments.title')} pageKey="instruments">
      <p className="lead">{t('instruments.lead')}</p>
      <RefusalNotice refused={refused} />
      {may(me, 'run') && (
        <>
          <Templates />
          <FilePart onChecked={onChecked} />
          {checked && <CheckedFile key={nth} checked={checked} onKeep={keep} />}
        </>
      )}
      <RefusalNotice refused={failed} />
      {kept !== '' && !failed && !checked && (
        <Notice kind="good" live>
          {t('instruments.kept', { id: kept })}
        </Notice>
      )}
      <ImportedCards
        list={value?.instruments ?? []}
        onAct={(act, hash) => send(() => ask(`POST /instruments/:hash/${act}`, { hash }))}
      />
    </Page>
  )
}

/** Years of this program to begin from. */
function Templates() {
  const { t } = useTranslation()
  return (
    <section>
      <h2>{t('instruments.templates')}</h2>
      <p>{t('instruments.templatesText')}</p>
      <div className="row">
        {bundledYears().map(({ id, fiscalYear, status }) => (
          <Button key={id} id={`template-${id}`} kind="secondary" onClick={() => void saveWorkbook(documentOf(id))}>
            {t(`instruments.template.${status}`, { year: fiscalYear })}
          </Button>
        ))}
      </div>
    </section>
  )
}

function FilePart({ onChecked }: { onChecked: (checked: Checked | null) => void }) {
  const { t } = useTranslation()
  const take = useOnce(async (file: File) => {
    onChecked(null)
    const [{ readInstrumentsFile }, { checkInstruments }, words] = await Promise.all([
      import('#authoring/files'),
      import('#authoring/check'),
      import('./words.ts'),
    ])
    const read = await readInstrumentsFile(new Uint8Array(await file.arrayBuffer()), words.headings())
    const taken = bundledYears().map(({ id }) => id)
    onChecked(checkInstruments(read, words.HEADINGS, taken))
  })
  return (
    <section>
      <h2>{t('instruments.file')}</h2>
      <div className="field">
        <label htmlFor="instruments-file">{t('instruments.fileLabel')}</label>
        <span className="help" id="instruments-file-help">
          {t('instruments.fileHelp')}
        </span>
        <input
          id="instruments-file"
          type="file"
          aria-describedby="instruments-file-help"
          accept=".xlsx,.csv,.txt,.json"
          onChange={(event) => {
            const [file] = event.target.files ?? []
            // the same file again, after it was mended, is a change too
            event.target.value = ''
            if (file) void take(file)
          }}
        />
      </div>
      <PastePart onChecked={onChecked} />
    </section>
  )
}
