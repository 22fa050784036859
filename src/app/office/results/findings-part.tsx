import { useTranslation } from 'react-i18next'
import { DRAFT_WORDS } from '#i18n/office-words.ts'
import { findingsMapOf } from '#instruments/findings-map'
import { wordsIn } from '#instruments/years'
import { FIRST_LANGUAGE, languageOf } from '#protocol/language'
import type { Baseline } from '#results/baseline'
import { type Finding, type FoundItem, findingsOf } from '#results/findings'
import { type DraftFacts, draftOf, undisclosedDraft } from '#results/findings-draft'
import type { Release } from '#results/release'
import type { RoundForms } from '#results/round-forms'
import { Disclosure } from '#ui/disclosure.tsx'
import { CopyText } from '../asking/copy-text.tsx'
import { hashOf } from '../asking/place.ts'
import { useFormWords } from '../asking/use-form-words.ts'
import { signed } from './score-table.tsx'

interface FindingsProps {
  readonly release: Release
  readonly forms: RoundForms
  readonly baseline: Baseline | null
}

/** What needs doing, issue by issue: which items are lowest, which others are below the target, and a paragraph to begin from. */
export function FindingsPart({ release, forms, baseline }: FindingsProps) {
  const { t } = useTranslation()
  const map = findingsMapOf(release.asked.id)
  const { issues, undisclosed, target } = findingsOf(release, forms, map, baseline)
  const facts = factsOf(release, map)
  const weak = issues.filter(({ named }) => named.length > 0)
  if (weak.length + undisclosed.length === 0) return null
  return (
    <section data-findings={weak.length}>
      <h2>{t('findings.title')}</h2>
      <p>{t('findings.lead', { target })}</p>
      <p className="no-print">
        <a className="button secondary" href={hashOf({ at: 'round', cid: release.cid, part: 'measures' })}>
          {t('findings.toMeasures')}
        </a>
      </p>
      {undisclosed.length > 0 && (
        <section data-finding="disclosure">
          <h3>{t('findings.disclosure', { count: undisclosed.length })}</h3>
          <CopyText label={t('findings.draft')} text={undisclosedDraft(undisclosed, facts, DRAFT_WORDS)} />
        </section>
      )}
      {weak.map((finding) => (
        <IssueFound key={finding.issue} finding={finding} facts={facts} forms={forms} />
      ))}
    </section>
  )
}

/** What the draft needs: always in the first language, because the document is. */
function factsOf({ agency, asked }: Release, map: DraftFacts['map']): DraftFacts {
  const forms = Object.values(wordsIn(asked, FIRST_LANGUAGE))
  return {
    agency: agency[FIRST_LANGUAGE].short,
    map,
    textOf: (id) => forms.flatMap(({ item }) => item[id]?.text ?? [])[0] ?? id,
  }
}

interface IssueProps {
  readonly finding: Finding
  readonly facts: DraftFacts
  readonly forms: RoundForms
}

function IssueFound({ finding, facts, forms }: IssueProps) {
  const { t, i18n } = useTranslation()
  const { indicatorName } = useFormWords()
  const { issue, named, others, hidden } = finding
  const written = facts.map?.issues.find(({ id }) => id === issue)?.name[languageOf(i18n.language)]
  const form = Object.values(forms.year.lanes).find(({ indicators }) => indicators.some(({ id }) => id === issue))
  return (
    <section data-finding={issue}>
      <h3>{written ?? indicatorName(form?.id ?? '', issue)}</h3>
      <Items items={named} forms={forms} />
      {others.length > 0 && (
        <Disclosure quiet summary={t('findings.others', { count: others.length })}>
          <Items items={others} forms={forms} />
        </Disclosure>
      )}
      {hidden.length > 0 && <p className="small">{t('findings.hidden', { items: hidden.join(', ') })}</p>}
      <CopyText label={t('findings.draft')} text={draftOf(finding, facts, DRAFT_WORDS)} />
    </section>
  )
}

function Items({ items, forms: { year } }: { items: readonly FoundItem[]; forms: RoundForms }) {
  const { t } = useTranslation()
  const { itemText } = useFormWords()
  const formOf = { iit: year.lanes.iit?.id ?? '', eit: year.lanes['eit-public']?.id ?? '' }
  return (
    <ul>
      {items.map(({ id, instrument, score, change }) => (
        <li key={id} data-found={id}>
          <strong>{score.toFixed(2)}</strong> {id} {itemText(formOf[instrument], id)}{' '}
          {change !== null && <span className="small">{t('findings.change', { change: signed(change) })}</span>}
        </li>
      ))}
    </ul>
  )
}
