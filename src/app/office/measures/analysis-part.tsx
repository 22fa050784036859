import { useTranslation } from 'react-i18next'
import { DRAFT_WORDS } from '#i18n/office-words.ts'
import { figuresOf, type IssuePlan, weakIds } from '#measures/issues'
import { analysisId, DISCLOSURE } from '#measures/plan'
import { draftOf, undisclosedDraft } from '#results/findings-draft'
import { Button } from '#ui/button.tsx'
import { Disclosure } from '#ui/disclosure.tsx'
import { Notice } from '#ui/notice.tsx'
import { ItemLine } from './item-line.tsx'
import { LineField } from './line-field.tsx'
import { usePlan } from './plan-context.ts'
import { ProseField } from './prose-field.tsx'
import { useRow } from './use-row.ts'

/** What was found about one issue, and the paragraph about it. */
export function AnalysisPart({ issue: { issue, finding, analysis, figuresChanged } }: { issue: IssuePlan }) {
  const { t } = useTranslation()
  const { facts, mayChange } = usePlan()
  const id = analysisId(issue)
  const change = useRow(id, analysis)
  const draft =
    issue === DISCLOSURE ? undisclosedDraft(weakIds(finding), facts, DRAFT_WORDS) : draftOf(finding, facts, DRAFT_WORDS)
  const { text } = analysis
  return (
    <div className="analysis">
      <Named issue={{ issue, finding, analysis }} />
      <ProseField
        label={t('measures.analysis')}
        help={t(text === null ? 'measures.isDraft' : 'measures.isOwn')}
        row={id}
        field="text"
        value={text ?? draft}
        onChange={(next) => change({ text: next, figures: figuresOf(finding) })}
      />
      {figuresChanged && (
        <Notice kind="warning" live>
          <span data-figures-changed={issue}>{t('measures.figuresChanged')}</span> <span lang="th">{draft}</span>
        </Notice>
      )}
      {text !== null && mayChange && (
        <div className="row">
          {figuresChanged && (
            <Button kind="quiet" onClick={() => change({ figures: figuresOf(finding) })}>
              {t('measures.keepText')}
            </Button>
          )}
          <Button kind="quiet" onClick={() => change({ text: null, figures: '' })}>
            {t('measures.useDraft')}
          </Button>
        </div>
      )}
    </div>
  )
}

type NamedProps = { readonly issue: Pick<IssuePlan, 'issue' | 'finding' | 'analysis'> }

/** Items below the target: those that the paragraph names are ticked; the others are added, or waived with a reason. */
function Named({ issue: { issue, finding, analysis } }: NamedProps) {
  const { t } = useTranslation()
  const { mayChange, plan } = usePlan()
  const change = useRow(analysisId(issue), analysis)
  const named = finding.named.map(({ id }) => id)
  const answered = new Set(plan.measures.flatMap(({ items }) => items))
  const waived = new Map(analysis.waived.map(({ item, reason }) => [item, reason]))
  const isDisclosure = issue === DISCLOSURE
  const tick = (item: string, on: boolean) =>
    change({ named: on ? [...named, item] : named.filter((one) => one !== item) })
  const waive = (item: string, reason: string | null) => {
    const others = analysis.waived.filter((one) => one.item !== item)
    change({ waived: reason === null ? others : [...others, { item, reason }] })
  }
  return (
    <ul className="weak-items">
      {weakIds(finding).map((item) => (
        <li key={item} data-weak={item} data-answered={answered.has(item)}>
          {isDisclosure ? (
            <span>
              <ItemLine item={item} finding={finding} />
            </span>
          ) : (
            <label>
              <input
                type="checkbox"
                checked={named.includes(item)}
                disabled={!mayChange}
                onChange={(event) => tick(item, event.target.checked)}
              />{' '}
              <span>
                <ItemLine item={item} finding={finding} />
              </span>
            </label>
          )}
          {answered.has(item) ? (
            <span className="state done">{t('measures.answered')}</span>
          ) : (
            <Waiver item={item} reason={waived.get(item) ?? null} onReason={(reason) => waive(item, reason)} />
          )}
        </li>
      ))}
      {finding.hidden.length > 0 && (
        <li className="small">{t('findings.hidden', { items: finding.hidden.join(', ') })}</li>
      )}
    </ul>
  )
}

interface WaiverProps {
  readonly item: string
  readonly reason: string | null
  readonly onReason: (reason: string | null) => void
}

/** Why an item below the target needs no measure. */
function Waiver({ item, reason, onReason }: WaiverProps) {
  const { t } = useTranslation()
  const { mayChange } = usePlan()
  if (!mayChange) return <span className="small">{reason ?? t('measures.unanswered')}</span>
  return (
    <Disclosure quiet summary={reason === null ? t('measures.unanswered') : t('measures.waived', { reason })}>
      <LineField
        label={t('measures.waive', { item })}
        name={`waive-${item}`}
        value={reason ?? ''}
        onChange={(text) => onReason(text === '' ? null : text)}
      />
    </Disclosure>
  )
}
