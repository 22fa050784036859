import { measuresYear } from '#measures/fiscal-year'
import { limitsOf } from '#measures/limits'
import type { PlannedMeasure } from '#measures/plan'
import { FIRST_LANGUAGE } from '#protocol/language'
import { analysisText, daysInWords, inPlanOf, issueName, lines, measureTargets, signature } from './in-plan.ts'
import type { DocumentInput } from './input.ts'
import { type Block, type Cell, type DocumentModel, filled, type Table } from './model.ts'
import { part1 } from './part-1.ts'

/** The measures that an agency publishes of a result: the result, what it means, what will be done, and the survey's limits. */
export function measuresDocument(input: DocumentInput): DocumentModel {
  const { release, words, plan } = input
  const { fiscalYear, agency } = release
  const { measures: frames } = words
  const { full } = agency[FIRST_LANGUAGE]
  const title = frames.title
  return {
    title: `${title} ${filled(frames.year, { year: measuresYear(fiscalYear) })}`,
    owner: full,
    digits: plan.frame.digits,
    foot: words.foot,
    sections: [
      {
        landscape: false,
        blocks: [
          { kind: 'title', lines: [title, full, filled(frames.year, { year: measuresYear(fiscalYear) })] },
          ...part1(input),
          { kind: 'heading', level: 1, text: filled(frames.part2, { year: fiscalYear }) },
          analysisTable(input),
        ],
      },
      {
        landscape: true,
        blocks: [
          { kind: 'heading', level: 1, text: frames.part3 },
          { kind: 'text', text: filled(frames.part3Lead, { agency: full, year: fiscalYear }) },
          planTable(input),
        ],
      },
      { landscape: false, blocks: [...part4(input), ...signature(input)] },
    ],
  }
}

/** Part 2: a paragraph for each issue. */
function analysisTable(input: DocumentInput): Table {
  const { measures: frames } = input.words
  return {
    kind: 'table',
    label: frames.analysis,
    widths: [28, 72],
    head: [[head(frames.issue), head(frames.analysis)]],
    body: inPlanOf(input).map((issue, index) => [
      { text: `${index + 1}. ${issueName(input, issue.issue)}` },
      { text: lines(analysisText(input, issue)) },
    ]),
  }
}

const head = (text: string, more: Partial<Cell> = {}): Cell => ({ text, bold: true, align: 'center', ...more })

/** Part 3: what will be done, with its steps, when, by whom, and how it is followed. */
function planTable(input: DocumentInput): Table {
  const { measures: frames } = input.words
  return {
    kind: 'table',
    label: frames.method,
    widths: [13, 20, 22, 11, 14, 20],
    head: [
      [
        head(frames.method, { columns: 2 }),
        ...[frames.steps, frames.period, frames.units, frames.following].map((text) => head(text, { rows: 2 })),
      ],
      [head(frames.issue), head(frames.measure)],
    ],
    body: inPlanOf(input).flatMap(({ issue, measures }, index) => {
      const name = { text: `${index + 1}. ${issueName(input, issue)}`, rows: Math.max(1, measures.length) }
      if (measures.length === 0) return [[name, { text: frames.noMeasure, columns: 5 }]]
      return measures.map((measure, at) => [
        ...(at === 0 ? [name] : []),
        ...measureCells(input, measure, measures.length > 1 ? `${at + 1}` : ''),
      ])
    }),
  }
}

/** One measure; numbered only where an issue has several, and its steps then 1.1, 1.2. */
function measureCells(input: DocumentInput, measure: PlannedMeasure, n: string): Cell[] {
  const { measures: frames } = input.words
  const steps = measure.steps.filter(({ text }) => text.trim() !== '')
  const stepNumber = (at: number) => (n === '' ? `${at + 1}.` : `${n}.${at + 1}`)
  const success = [...measureTargets(input, measure), measure.success].filter((text) => text.trim() !== '')
  return [
    { text: lines(n === '' ? measure.text : `${n}. ${measure.text}`) },
    { text: steps.map(({ text }, at) => `${stepNumber(at)} ${text}`) },
    { text: daysInWords(measure) },
    { text: measure.units.length > 1 ? measure.units.map((unit) => `- ${unit}`) : [...measure.units] },
    {
      text: [
        ...lines(measure.monitoring),
        ...(success.length > 0 ? [filled(frames.success, { text: success.join(', ') })] : []),
        ...(measure.proof.trim() === '' ? [] : [filled(frames.proof, { text: measure.proof })]),
      ],
    },
  ]
}

/** Part 4: what bounded the survey, by questionnaire. */
function part4(input: DocumentInput): Block[] {
  const { release, lanes, turnedAway, forms, words, plan, questionnaires } = input
  const drafted = limitsOf(release, { lanes, turnedAway }, forms, words.limits)
  const { measures: frames } = words
  const limits = [
    ['iit', forms.year.lanes.iit, plan.frame.limitsIit],
    ['eit', forms.year.lanes['eit-public'], plan.frame.limitsEit],
  ] as const
  const written = limits.flatMap(([of, form, own]) => {
    const items = own === null ? [...drafted[of]] : lines(own)
    return items.length > 0 && form ? [{ title: questionnaires[form.id]?.title ?? form.id, items }] : []
  })
  if (written.length === 0) return []
  return [
    { kind: 'heading', level: 1, text: frames.part4 },
    ...written.flatMap(({ title, items }, index): Block[] => [
      { kind: 'text', text: filled(frames.limitsOf, { n: index + 1, title }) },
      { kind: 'list', items },
    ]),
  ]
}
