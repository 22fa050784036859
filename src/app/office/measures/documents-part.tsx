import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { documentName, oitItemOf, planName } from '#documents/document-name'
import { DOCUMENT_KINDS, type DocumentInput, type DocumentKind } from '#documents/input'
import { makeDocument } from '#documents/make-document'
import type { DocumentModel } from '#documents/model'
import type { PlanFileKind } from '#documents/worker-messages'
import { DOCUMENT_WORDS, DRAFT_WORDS } from '#i18n/office-words.ts'
import { wordsIn } from '#instruments/years'
import { turnedAwayAt } from '#measures/limits'
import { planOf } from '#measures/plan'
import { FIRST_LANGUAGE } from '#protocol/language'
import { type Baseline, baselineOfRelease, isComparable } from '#results/baseline'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { manifestOf } from '../asking/rounds.ts'
import { saveFile } from '../asking/save-file.ts'
import { useOnce } from '../asking/use-once.ts'
import { loadNext } from '../results/earlier-rounds.ts'
import { DocumentView } from './document-view.tsx'
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

type State =
  | { readonly at: 'idle' | 'writing' | 'failed' }
  | { readonly at: 'saved'; readonly name: string }
  | { readonly at: 'shown'; readonly model: DocumentModel }

/** The documents that are made of the plan, to look at, to print and as Word files: what is in them is what stands on this page. */
export function DocumentsPart() {
  const { t } = useTranslation()
  const { forms, today } = usePlan()
  const gather = useDocumentInput()
  const [state, setState] = useState<State>({ at: 'idle' })
  const save = useOnce(async (kind: PlanFileKind) => {
    setState({ at: 'writing' })
    const input = await gather()
    const file = await writeDocument({ kind, input })
    if (!file) return setState({ at: 'failed' })
    const name = kind === 'xlsx' || kind === 'csv' ? planName(input, today, kind) : documentName(kind, input, today)
    saveFile(name, [file], typeOf(kind))
    setState({ at: 'saved', name })
  })
  const show = useOnce(async (kind: DocumentKind) => {
    setState({ at: 'shown', model: makeDocument(kind, await gather()) })
  })
  const nameOf = (kind: DocumentKind) =>
    [oitItemOf(kind, { forms }), t(`measures.doc.${kind}`)].filter(Boolean).join(' ')
  return (
    <section id="plan-documents" className="no-print" data-documents={state.at}>
      <h2>{t('measures.documents')}</h2>
      <ul className="documents">
        {DOCUMENT_KINDS.map((kind) => (
          <li key={kind}>
            <span id={`document-${kind}`}>{nameOf(kind)}</span>
            <button
              type="button"
              className="button quiet"
              id={`look-${kind}`}
              aria-describedby={`document-${kind}`}
              onClick={() => void show(kind)}
            >
              {t('measures.look')}
            </button>
            <button
              type="button"
              className="button secondary"
              id={`save-${kind}`}
              aria-describedby={`document-${kind}`}
              onClick={() => void save(kind)}
            >
              {t('measures.word')}
            </button>
          </li>
        ))}
      </ul>
      <div className="row">
        {TABLES.map((kind) => (
          <Button key={kind} id={`save-plan-${kind}`} kind="secondary" onClick={() => void save(kind)}>
            {t(`measures.doc.${kind}`)}
          </Button>
        ))}
      </div>
      <DocumentState state={state} />
      {state.at === 'shown' && <DocumentView model={state.model} onClose={() => setState({ at: 'idle' })} />}
      <Publications />
    </section>
  )
}

function DocumentState({ state }: { state: State }) {
  const { t } = useTranslation()
  if (state.at === 'writing') return <p role="status">{t('measures.docWriting')}</p>
  if (state.at === 'saved')
    return (
      <Notice kind="good" live>
        {t('measures.docSaved', { name: state.name })}
      </Notice>
    )
  if (state.at !== 'failed') return null
  return (
    <Notice kind="warning" live>
      {t('measures.docFailed')}
    </Notice>
  )
}

/** Everything that a document is made of, with what was typed last, which is saved by then. */
function useDocumentInput(): () => Promise<DocumentInput> {
  const context = usePlan()
  const { round, release, forms, map, baseline, desk } = context
  return async () => {
    await desk.sync()
    return {
      ...{ release, lanes: manifestOf(round).lanes, forms, map, baseline },
      turnedAway: turnedAwayAt(round.tablets),
      plan: planOf(desk.state().rows.values()),
      questionnaires: wordsIn(release.asked, FIRST_LANGUAGE),
      words: DOCUMENT_WORDS,
      draft: DRAFT_WORDS,
      later: await nextScores(context),
    }
  }
}

/** Scores of the round that followed, where its questions are the same. */
async function nextScores({ round, release }: ReturnType<typeof usePlan>): Promise<Baseline | null> {
  const next = await loadNext(round)
  if (!('value' in next) || next.value === null) return null
  const baseline = baselineOfRelease(next.value, '')
  return isComparable(baseline, release) ? baseline : null
}
