import type { DocumentInput } from '#documents/input'
import { findingsMapOf } from '#instruments/findings-map'
import { wordsIn } from '#instruments/years'
import documents from '#locales/th/documents.json' with { type: 'json' }
import draft from '#locales/th/findings.json' with { type: 'json' }
import { analysisId, FRAME_ID, NO_FRAME, newMeasure, newStep, planOf } from '#measures/plan'
import type { PlanFrame, RowContent } from '#protocol/measures'
import type { Release } from '#results/release'
import source from '../documents/source-2567.json' with { type: 'json' }
import { FORMS } from './forms.ts'
import { PUBLISHED_MANIFEST, publishedRelease } from './published-release.ts'

export interface PlannedRow {
  readonly id: string
  readonly removed: boolean
  readonly content: RowContent
}

/** The plan of the source document, as an officer would enter it: row by row. */
export function sourceRows(frame: Partial<PlanFrame> = {}): PlannedRow[] {
  const [from = '', to = ''] = source.period
  const rows = source.issues.flatMap(({ issue, named, analysis, measures }) => [
    row(analysisId(issue), { kind: 'analysis', issue, named, text: analysis, figures: '', waived: [] }),
    ...measures.flatMap(({ text, steps, units, items }, at) => {
      const id = `m-${issue}-${at}`
      const measure = { ...newMeasure(issue, at, { from, to }), text, units, items }
      return [row(id, measure), ...steps.map((step, n) => row(`${id}-${n}`, newStep(id, n, step)))]
    }),
  ])
  const { iit, eit } = source.limits
  const limits = { limitsIit: iit.join('\n'), limitsEit: eit.join('\n') }
  return [...rows, row(FRAME_ID, { ...NO_FRAME, standing: source.standing, ...limits, ...frame })]
}

function row(id: string, content: RowContent): PlannedRow {
  return { id, removed: false, content }
}

/** What documents of the published year are made of, with a plan. */
export function documentInput(rows: readonly PlannedRow[], release: Release = publishedRelease()): DocumentInput {
  return {
    release,
    lanes: PUBLISHED_MANIFEST.lanes,
    turnedAway: {},
    forms: FORMS,
    map: findingsMapOf(release.asked.id),
    baseline: null,
    later: null,
    plan: planOf(rows),
    questionnaires: wordsIn(release.asked, 'th'),
    words: documents,
    draft,
  }
}
