import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { documentName, oitItemOf, planName } from '#documents/document-name'
import { DOCUMENT_KINDS, type DocumentInput } from '#documents/input'
import type { PlanFileKind } from '#documents/worker-messages'
import { DOCUMENT_WORDS, DRAFT_WORDS } from '#i18n/office-words.ts'
import { wordsIn } from '#instruments/years'
import { FIRST_LANGUAGE } from '#protocol/language'
import { type Baseline, baselineOfRelease, isComparable } from '#results/baseline'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { manifestOf } from '../asking/rounds.ts'
import { saveFile } from '../asking/save-file.ts'
import { useOnce } from '../asking/use-once.ts'
import { loadNext } from '../results/earlier-rounds.ts'
import { usePlan } from './plan-context.ts'
import { Publications } from './publications.tsx'
import { writeDocument } from './write-document.ts'

const OFFICE_TYPE = 'application/vnd.openxmlformats-officedocument'

/** Tables of the plan beside the documents. */
const TABLES = ['xlsx', 'csv'] as const

const typeOf = (kind: PlanFileKind) =>
  kind === 'csv'
    ? 'text/csv;charset=utf-8'
    : `${OFFICE_TYPE}.${kind === 'xlsx' ? 'spreadsheetml.sheet' : 'wordprocessingml.document'}`

type State = { readonly at: 'idle' | 'writing' | 'failed' } | { readonly at: 'saved'; readonly name: string }

/** The documents that are made of the plan, as Word files: what is in them is what stands on this page. */
export function DocumentsPart() {
  const { t } = useTranslation()
  const context = usePlan()
  const { round, release, forms, map, baseline, plan, desk, today } = context
  const [state, setState] = useState<State>({ at: 'idle' })
  const save = useOnce(async (kind: PlanFileKind) => {
    setState({ at: 'writing' })
    // what was typed last is in the document, and saved
    await desk.sync()
    const input: DocumentInput = {
      ...{ release, lanes: manifestOf(round).lanes, forms, map, baseline, plan },
      questionnaires: wordsIn(release.asked, FIRST_LANGUAGE),
      words: DOCUMENT_WORDS,
      draft: DRAFT_WORDS,
      later: await nextScores(context),
    }
    const file = await writeDocument({ kind, input })
    if (!file) return setState({ at: 'failed' })
    const name = kind === 'xlsx' || kind === 'csv' ? planName(input, today, kind) : documentName(kind, input, today)
    saveFile(name, [file], typeOf(kind))
    setState({ at: 'saved', name })
  })
  return (
    <section id="plan-documents" className="no-print" data-documents={state.at}>
      <h2>{t('measures.documents')}</h2>
      <div className="row">
        {DOCUMENT_KINDS.map((kind) => (
          <Button key={kind} id={`save-${kind}`} kind="secondary" onClick={() => void save(kind)}>
            {[oitItemOf(kind, { forms }), t(`measures.doc.${kind}`)].filter(Boolean).join(' ')}
          </Button>
        ))}
        {TABLES.map((kind) => (
          <Button key={kind} id={`save-plan-${kind}`} kind="secondary" onClick={() => void save(kind)}>
            {t(`measures.doc.${kind}`)}
          </Button>
        ))}
      </div>
      {state.at === 'writing' && <p role="status">{t('measures.docWriting')}</p>}
      {state.at === 'saved' && (
        <Notice kind="good" live>
          {t('measures.docSaved', { name: state.name })}
        </Notice>
      )}
      {state.at === 'failed' && (
        <Notice kind="warning" live>
          {t('measures.docFailed')}
        </Notice>
      )}
      <Publications />
    </section>
  )
}

/** Scores of the round that followed, where its questions are the same. */
async function nextScores({ round, release }: ReturnType<typeof usePlan>): Promise<Baseline | null> {
  const next = await loadNext(round)
  if (!('value' in next) || next.value === null) return null
  const baseline = baselineOfRelease(next.value, '')
  return isComparable(baseline, release) ? baseline : null
}
