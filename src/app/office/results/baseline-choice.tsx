import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PUBLISHED } from '#instruments/published'
import { languageOf } from '#protocol/language'
import { may, type RoundView } from '#protocol/office'
import { type Baseline, baselineOfFigures, baselineOfRelease } from '#results/baseline'
import type { RoundForms } from '#results/round-forms'
import type { Refused } from '../asking/ask.ts'
import { useOffice } from '../asking/office-context.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { useLoaded } from '../asking/use-loaded.ts'
import { BaselineImport } from './baseline-import.tsx'
import { loadEarlier } from './earlier-rounds.ts'
import type { ChosenBaseline } from './use-baseline.ts'

interface BaselineChoiceProps {
  readonly round: RoundView
  readonly forms: RoundForms
  readonly chosen: ChosenBaseline
}

interface Option {
  readonly key: string
  readonly label: string
  readonly baseline: Baseline | null
}

/** What a round is compared with: the agency's own past, figures it brings along, or an example; nothing until somebody chose. */
export function BaselineChoice({ round, forms, chosen: { baseline, choose } }: BaselineChoiceProps) {
  const { t, i18n } = useTranslation()
  const { me, withProof } = useOffice()
  const load = useCallback(() => loadEarlier(round), [round])
  const earlier = useLoaded(load)
  const [refused, setRefused] = useState<Refused | null>(null)
  if (!may(me, 'run')) return null
  const language = languageOf(i18n.language)
  const options: Option[] = [
    { key: 'none', label: t('baseline.none'), baseline: null },
    ...(earlier.value ?? []).map((release) => {
      const label = t('baseline.round', { year: release.fiscalYear })
      return { key: release.cid, label, baseline: baselineOfRelease(release, label) }
    }),
    ...PUBLISHED.filter(({ instruments }) => instruments === forms.year.id).map((figures) => {
      const source = figures.source[language]
      return {
        key: figures.id,
        label: t('baseline.example', { source }),
        baseline: baselineOfFigures(figures, source, forms),
      }
    }),
  ]
  const current = baseline ? options.find((one) => one.baseline?.source === baseline.source) : options[0]
  if (baseline && !current)
    options.push({ key: 'imported', label: t('baseline.imported', { source: baseline.source }), baseline })
  const pick = async (next: Baseline | null) => {
    const answer = await withProof(() => choose(next))
    setRefused('refused' in answer ? answer : null)
  }
  return (
    <section className="no-print" data-baseline-choice>
      <h2>{t('baseline.title')}</h2>
      <div className="field">
        <label htmlFor="baseline">{t('baseline.choose')}</label>
        <select
          id="baseline"
          value={current?.key ?? 'imported'}
          onChange={(event) => void pick(options.find(({ key }) => key === event.target.value)?.baseline ?? null)}
        >
          {options.map(({ key, label }) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <BaselineImport forms={forms} onBaseline={pick} />
      <RefusalNotice refused={refused} />
    </section>
  )
}
