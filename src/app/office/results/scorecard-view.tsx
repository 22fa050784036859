import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Baseline, isComparable } from '#results/baseline'
import { targetOf } from '#results/findings'
import { withoutEvidence } from '#results/oit'
import type { Release } from '#results/release'
import type { RoundForms } from '#results/round-forms'
import { Notice } from '#ui/notice.tsx'
import { agencyName } from '../asking/rounds.ts'
import { useFormWords } from '../asking/use-form-words.ts'
import { BreakdownTables } from './breakdown-tables.tsx'
import { IndicatorColumns } from './indicator-columns.tsx'
import { ItemTables } from './item-tables.tsx'
import { partsOf } from './score-rows.ts'
import { type ScoreRow, ScoreTable } from './score-table.tsx'
import { ScorecardHead } from './scorecard-head.tsx'
import { Weakest } from './weakest.tsx'

interface ScorecardViewProps {
  readonly release: Release
  readonly forms: RoundForms
  readonly baseline: Baseline | null
  /** Stands below the scores of the whole. */
  readonly children?: ReactNode
}

/** Everything that was released, for the screen and for A4. Says on every page whose result this is. */
export function ScorecardView({ release, forms, baseline, children }: ScorecardViewProps) {
  const { t, i18n } = useTranslation(['office', 'export'])
  const parts = partsOf(release, forms)
  // where the questions changed, only what is called the same in every year is compared
  const alike = baseline && isComparable(baseline, release) ? baseline : null
  return (
    <article className="scorecard" data-total={release.total?.toFixed(2) ?? 'none'}>
      <p className="own-result">{t('export:notice')}</p>
      <p className="print-only">
        {agencyName(release.agency, i18n.language)} · {t('rounds.year', { year: release.fiscalYear })}
      </p>
      <ScorecardHead release={release} forms={forms} baseline={baseline} />
      {baseline && (
        <Notice>
          <span data-baseline={alike ? 'alike' : 'changed'}>
            {t(alike ? 'baseline.with' : 'baseline.changed', { source: baseline.source })}
          </span>
        </Notice>
      )}
      <Instruments release={release} forms={forms} baseline={baseline} alike={alike} />
      {children}
      <IndicatorColumns release={release} forms={forms} baseline={alike} />
      <Weakest cid={release.cid} parts={parts} baseline={alike} />
      <ItemTables parts={parts} baseline={alike} target={targetOf(forms.year)} />
      <OitGroupTable release={release} forms={forms} baseline={alike} />
      <BreakdownTables release={release} />
      <Apart release={release} />
      <p className="own-result">{t('export:notice')}</p>
    </article>
  )
}

interface InstrumentsProps extends ScorecardViewProps {
  /** The baseline, where the same was asked. */
  readonly alike: Baseline | null
}

function Instruments({ release, forms, baseline, alike }: InstrumentsProps) {
  const { t } = useTranslation()
  const { indicatorName } = useFormWords()
  const target = targetOf(forms.year)
  const { iit, eit, oit } = release.instruments
  const { public: open, survey } = eit?.parts ?? {}
  const rows: (ScoreRow | false)[] = [
    whole('iit', t('score.iit', { count: iit?.n ?? 0 }), iit?.score),
    whole('eit', t('score.eit', { count: eit?.n ?? 0 }), eit?.score),
    whole('eit-public', t('score.part', { part: 'Public', count: open?.n ?? 0 }), open?.score),
    whole('eit-survey', t('score.part', { part: 'Survey', count: survey?.n ?? 0 }), survey?.score),
    whole('oit', t('score.oit'), oit?.score),
    whole('total', t('score.total'), release.total),
  ]
  function whole(key: string, label: string, score: number | null | undefined): ScoreRow | false {
    return typeof score === 'number' && { key, label, score, before: baseline?.scores[key] ?? null }
  }
  const indicators = [
    ...indicatorRows(forms.year.lanes.iit?.id, iit?.indicators),
    ...indicatorRows(forms.year.lanes['eit-public']?.id, eit?.indicators),
    ...indicatorRows(forms.oit.id, oit?.indicators),
  ]
  function indicatorRows(form = '', scores: Readonly<Record<string, number>> = {}): ScoreRow[] {
    return Object.entries(scores).map(([id, score]) => ({
      key: `indicator-${id}`,
      label: `${t('score.indicator', { id })} ${indicatorName(form, id)}`,
      score,
      before: alike?.indicators[id] ?? null,
    }))
  }
  const wholes = rows.filter((row) => row !== false)
  if (wholes.length === 0) return <Notice>{t('score.nothing')}</Notice>
  return (
    <>
      <ScoreTable caption={t('score.instruments')} target={target} year={baseline?.fiscalYear ?? null} rows={wholes} />
      <ScoreTable caption={t('score.indicators')} target={target} year={alike?.fiscalYear ?? null} rows={indicators} />
    </>
  )
}

/** OIT by its groups, and what is not disclosed yet. */
function OitGroupTable({ release, forms, baseline }: ScorecardViewProps) {
  const { t } = useTranslation()
  const { formTitle, groupName, itemText } = useFormWords()
  const { oit } = release.instruments
  if (!oit) return null
  const missing = Object.entries(oit.items).filter(([, score]) => score === 0)
  const unproven = withoutEvidence(oit)
  const rows = Object.entries(oit.groups).map(([id, score]) => {
    const label = groupName(forms.oit.id, id)
    return { key: `group-${id}`, label, score, before: baseline?.oitGroups[id] ?? null }
  })
  return (
    <section>
      <h2>{formTitle(forms.oit.id)}</h2>
      <ScoreTable caption={t('score.groups')} year={baseline?.fiscalYear ?? null} rows={rows} />
      {missing.length > 0 && (
        <>
          <h3>{t('score.undisclosed', { count: missing.length })}</h3>
          <ul>
            {missing.map(([id]) => (
              <li key={id} data-undisclosed={id}>
                {id} {itemText(forms.oit.id, id)}
              </li>
            ))}
          </ul>
        </>
      )}
      {unproven.length > 0 && (
        <p data-unproven={unproven.length}>
          {t('score.unproven', { count: unproven.length, items: unproven.join(', ') })}
        </p>
      )}
    </section>
  )
}

/** Answers from the poster are in no score, wherever they are shown. */
function Apart({ release }: { release: Release }) {
  const { t } = useTranslation()
  const poster = release.apart?.['eit-open']
  if (!poster) return null
  return (
    <section data-apart>
      <h2>{t('lane.eit-open')}</h2>
      <p>{t('score.apart', { count: poster.n, score: poster.score.toFixed(2) })}</p>
    </section>
  )
}
