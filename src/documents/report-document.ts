import { measuresYear } from '#measures/fiscal-year'
import { type PlannedMeasure, percentOf, stateOf } from '#measures/plan'
import { FIRST_LANGUAGE } from '#protocol/language'
import type { Evidence, ProgressState } from '#protocol/measures'
import { dayInWords, daysInWords, inPlanOf, issueName, lines, signature } from './in-plan.ts'
import type { DocumentInput } from './input.ts'
import { type Cell, type DocumentModel, filled, type Table } from './model.ts'

/** What came of the measures: the same rows in the same order, what was done, its outcome, evidence, obstacles, next step. */
export function reportDocument(input: DocumentInput, period: 'half' | 'whole'): DocumentModel {
  const { release, words, plan } = input
  const { report: frames } = words
  const { full } = release.agency[FIRST_LANGUAGE]
  const year = measuresYear(release.fiscalYear)
  const when = filled(frames[period], { year })
  return {
    title: `${frames.title} ${when}`,
    owner: full,
    digits: plan.frame.digits,
    foot: words.foot,
    sections: [
      {
        landscape: true,
        blocks: [
          { kind: 'title', lines: [frames.title, full, when] },
          { kind: 'text', text: filled(frames.lead, { agency: full, year, before: release.fiscalYear }) },
          { kind: 'text', text: countsSentence(input) },
          reportTable(input),
          ...signature(input),
        ],
      },
    ],
  }
}

/** How many measures stand where. */
function countsSentence(input: DocumentInput): string {
  const { words } = input
  const all = inPlanOf(input).flatMap(({ measures }) => measures)
  const count = (state: ProgressState) => all.filter((one) => stateOf(one) === state).length
  return filled(words.report.counts, {
    all: all.length,
    done: count('done'),
    underWay: count('under-way'),
    notBegun: count('not-begun'),
    givenUp: count('given-up'),
  })
}

const head = (text: string): Cell => ({ text, bold: true, align: 'center' })

function reportTable(input: DocumentInput): Table {
  const { words } = input
  const { measures: plan, report: frames } = words
  const heads = [plan.issue, plan.measure, frames.result, frames.outcome, frames.state, frames.evidence]
  return {
    kind: 'table',
    label: frames.title,
    widths: [13, 21, 24, 18, 10, 14],
    head: [heads.map(head)],
    body: inPlanOf(input).flatMap(({ issue, measures }, index) => {
      const name = { text: `${index + 1}. ${issueName(input, issue)}`, rows: Math.max(1, measures.length) }
      if (measures.length === 0) return [[name, { text: plan.noMeasure, columns: 5 }]]
      return measures.map((measure, at) => [
        ...(at === 0 ? [name] : []),
        ...reportCells(input, measure, measures.length > 1 ? `${at + 1}. ` : ''),
      ])
    }),
  }
}

function reportCells(input: DocumentInput, measure: PlannedMeasure, n: string): Cell[] {
  const { words } = input
  const { report: frames, state } = words
  const done = measure.steps.flatMap((step) => {
    if (step.state === 'not-begun' && step.result === '') return []
    const what = step.result.trim() === '' ? step.text : step.result
    return [
      step.on === '' ? what : filled(frames.on, { step: what, state: state[step.state], day: dayInWords(step.on) }),
    ]
  })
  const outcome = [...lines(measure.outcome), ...changesOf(input, measure)]
  return [
    { text: [...lines(`${n}${measure.text}`), daysInWords(measure), ...measure.units].filter(Boolean) },
    { text: orNone(done, frames.none) },
    {
      text: [
        ...orNone(outcome, frames.none),
        ...labelled(frames.obstacles, measure.obstacles),
        ...labelled(frames.next, measure.next),
        ...labelled(frames.givenUp, measure.givenUp),
      ],
    },
    {
      text: filled(frames.percent, { state: state[stateOf(measure)], percent: percentOf(measure) }),
      align: 'center',
    },
    {
      text: orNone(
        measure.evidence.flatMap((one) => evidenceLines(input, one)),
        frames.none,
      ),
    },
  ]
}

/** Scores before and after, where the next round has them and may be compared. */
function changesOf({ release, later, words }: DocumentInput, { items }: PlannedMeasure): string[] {
  if (!later) return []
  const { iit, eit } = release.instruments
  const parts = [
    ['iit', iit],
    ['eit-public', eit?.parts.public],
    ['eit-survey', eit?.parts.survey],
  ] as const
  return items.flatMap((item) =>
    parts.flatMap(([lane, part]) => {
      const [before, after] = [part?.items[item]?.score, later.items[lane]?.[item]]
      if (before === undefined || after === undefined) return []
      return [filled(words.report.change, { item, before: before.toFixed(2), after: after.toFixed(2) })]
    }),
  )
}

function evidenceLines({ words }: DocumentInput, { title, address, checked }: Evidence): string[] {
  const day = checked === '' ? [] : [`(${filled(words.report.checked, { day: dayInWords(checked) })})`]
  return [[title, address, ...day].filter((text) => text !== '').join(' ')].filter(Boolean)
}

function labelled(frame: string, text: string): string[] {
  return text.trim() === '' ? [] : [filled(frame, { text })]
}

function orNone(texts: readonly string[], none: string): readonly string[] {
  return texts.length > 0 ? texts : [none]
}
