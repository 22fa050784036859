import { targetOf } from '#results/findings'
import { withoutEvidence } from '#results/oit'
import type { PartResult } from '#results/scorecard'
import type { Item, Questionnaire } from '#survey/questionnaire'
import type { DocumentInput } from './input.ts'
import { type Block, type Cell, filled, type Table } from './model.ts'

/** A score as documents write it; hidden where it may not be shown. */
function scored(score: number | null | undefined, { words }: DocumentInput): string {
  return score === null || score === undefined ? words.hidden : score.toFixed(2)
}

/** Part 1: the total and its level, every questionnaire with its indicators, and tables of all items. */
export function part1(input: DocumentInput): Block[] {
  const { release, words, plan } = input
  const { iit, eit, oit } = release.instruments
  const { standing } = plan.frame
  const tables = [
    ...(iit ? [tableBlocks(input, formOf(input, 'iit'), iitTable(input, iit))] : []),
    ...(eit ? [tableBlocks(input, formOf(input, 'eit-public'), eitTable(input))] : []),
    ...(oit ? [tableBlocks(input, input.forms.oit, oitTable(input))] : []),
  ]
  return [
    { kind: 'heading', level: 1, text: words.part1.heading },
    { kind: 'text', text: `1. ${resultSentence(input)}` },
    ...standing.split('\n').flatMap((text): Block[] => (text.trim() === '' ? [] : [{ kind: 'text', text }])),
    ...instrumentBlocks(input),
    { kind: 'text', text: words.notice, small: true },
    ...tables.flatMap((make, index) => make(index + 2)),
    ...unprovenBlocks(input),
  ]
}

/** Whoever reads a score of OIT is told where nothing shows it yet. */
function unprovenBlocks({ release, words }: DocumentInput): Block[] {
  const { oit } = release.instruments
  const items = oit ? withoutEvidence(oit) : []
  if (items.length === 0) return []
  return [
    { kind: 'text', text: filled(words.part1.unproven, { n: items.length, items: items.join(', ') }), small: true },
  ]
}

function formOf({ forms }: DocumentInput, lane: string): Questionnaire | undefined {
  return forms.year.lanes[lane]
}

/** The total, its level with the level's bounds, and whether the target is reached. */
function resultSentence({ release, forms, words }: DocumentInput): string {
  const { agency, fiscalYear, total, level } = release
  const { part1: frames } = words
  const facts = { agency: agency.th.full, year: fiscalYear }
  if (total === null) return filled(frames.noTotal, facts)
  const { levels } = forms.year
  const at = levels.findIndex((one) => one.level === level)
  const rule = levels[at]
  // two levels may begin at one total and differ by what each instrument must reach
  const above = levels
    .slice(0, Math.max(0, at))
    .reverse()
    .find(({ from }) => from > (rule?.from ?? 0))
  const range = rule && `${rule.from}-${above ? (above.from - 0.01).toFixed(2) : '100'}`
  const each = rule?.eachFrom ? filled(frames.each, { from: rule.eachFrom }) : ''
  const target = targetOf(forms.year)
  return [
    filled(frames.result, { ...facts, total: total.toFixed(2) }),
    level && range ? filled(frames.level, { level: words.level[level], range, each }) : '',
    filled(total < target ? frames.missed : frames.reached, { target }),
  ].join('')
}

/** Each questionnaire in a sentence, and its indicators as a list. */
function instrumentBlocks(input: DocumentInput): Block[] {
  const { release, forms, words, questionnaires } = input
  const { iit, eit, oit } = release.instruments
  const blocks = (form: Questionnaire | undefined, frame: string, facts: Record<string, string>, of?: Scores) => {
    if (!form || !of) return []
    const title = questionnaires[form.id]?.title ?? form.id
    const sizes = { title, indicators: form.indicators.length, items: form.items.length }
    const items = form.indicators.map(({ id }) =>
      filled(words.part1.indicator, {
        id,
        name: questionnaires[form.id]?.indicator[id] ?? id,
        score: scored(of.indicators[id], input),
      }),
    )
    return [
      { kind: 'text', text: filled(frame, { ...sizes, ...facts }) } as const,
      { kind: 'list', items, plain: true } as const,
    ]
  }
  const { part1: frames } = words
  const parts = eit?.parts
  const both = parts?.public && parts.survey
  return [
    ...blocks(formOf(input, 'iit'), frames.instrument, { score: scored(iit?.score, input) }, iit),
    ...(both
      ? blocks(
          formOf(input, 'eit-public'),
          frames.eitParts,
          { public: scored(parts.public?.score, input), survey: scored(parts.survey?.score, input) },
          eit,
        )
      : blocks(
          formOf(input, 'eit-public'),
          // a part that may not be shown was collected all the same
          release.withheld.some(({ lane }) => lane !== 'iit') ? frames.eitShown : frames.eitOne,
          { part: parts?.public ? frames.public : frames.survey, score: scored(eit?.score, input) },
          eit,
        )),
    ...blocks(forms.oit, frames.instrument, { score: scored(oit?.score, input) }, oit),
  ]
}

interface Scores {
  readonly indicators: Readonly<Record<string, number>>
}

/** A numbered heading, and the table below it. */
function tableBlocks({ release, words, questionnaires }: DocumentInput, form: Questionnaire | undefined, table: Table) {
  return (n: number): Block[] => {
    if (!form) return []
    const title = questionnaires[form.id]?.title ?? form.id
    const facts = { n, title, year: release.fiscalYear, indicators: form.indicators.length, items: form.items.length }
    return [{ kind: 'heading', level: 2, text: filled(words.part1.tableOf, facts) }, table]
  }
}

const bold = (text: string, more: Partial<Cell> = {}): Cell => ({ text, bold: true, ...more })
const number = (text: string, more: Partial<Cell> = {}): Cell => ({ text, align: 'center', ...more })

function iitTable(input: DocumentInput, iit: PartResult): Table {
  const form = formOf(input, 'iit')
  const rows = rowsOf(input, form, {
    whole: [bold(scored(iit.score, input), { align: 'center' })],
    indicator: (id) => [bold(scored(iit.indicators[id], input), { align: 'center' })],
    item: (item) => [number(itemScore(input, form, item, iit))],
  })
  return scoreTable(input, form, 'IIT', [input.words.part1.score], rows)
}

/** Both parts of EIT side by side; an indicator has one score over both. */
function eitTable(input: DocumentInput): Table {
  const { words, release } = input
  const form = formOf(input, 'eit-public')
  const eit = release.instruments.eit
  const parts = [
    [words.part1.public, eit?.parts.public],
    [words.part1.survey, eit?.parts.survey],
  ].filter((one): one is [string, PartResult] => one[1] !== undefined)
  const heads = parts.map(([part, { n }]) => filled(words.part1.scoreOf, { part, n }))
  const rows = rowsOf(input, form, {
    whole: parts.map(([, { score }]) => bold(scored(score, input), { align: 'center' })),
    indicator: (id) => [bold(scored(eit?.indicators[id], input), { align: 'center', columns: parts.length })],
    item: (item) => parts.map(([, part]) => number(itemScore(input, form, item, part))),
  })
  return scoreTable(input, form, 'EIT', heads, rows)
}

function oitTable(input: DocumentInput): Table {
  const { release, forms } = input
  const oit = release.instruments.oit
  const rows = rowsOf(input, forms.oit, {
    whole: [bold(scored(oit?.score, input), { align: 'center' })],
    indicator: (id) => [bold(scored(oit?.indicators[id], input), { align: 'center' })],
    group: (id) => [bold(scored(oit?.groups[id], input), { align: 'center' })],
    item: ({ id }) => [number(scored(oit?.items[id], input))],
  })
  return scoreTable(input, forms.oit, 'OIT', [input.words.part1.score], rows)
}

interface RowMakers {
  readonly whole: readonly Cell[]
  readonly indicator: (id: string) => readonly Cell[]
  readonly group?: (id: string) => readonly Cell[]
  readonly item: (item: Item) => readonly Cell[]
}

/** The questionnaire, its indicators, their groups where they are scored, and their items. */
function rowsOf(
  { questionnaires, words: { part1 } }: DocumentInput,
  form: Questionnaire | undefined,
  make: RowMakers,
): Cell[][] {
  const words = form && questionnaires[form.id]
  if (!form || !words) return []
  return [
    [bold(words.title), ...make.whole],
    ...form.indicators.flatMap((indicator) => [
      [
        bold(filled(part1.indicatorNumber, { id: indicator.id, name: words.indicator[indicator.id] ?? '' })),
        ...make.indicator(indicator.id),
      ],
      ...indicator.groups.flatMap((group) => [
        ...(make.group ? [[bold(words.group?.[group.id] ?? ''), ...make.group(group.id)]] : []),
        ...group.items.map((item) => [{ text: `${item.id} ${words.item[item.id]?.text ?? ''}` }, ...make.item(item)]),
      ]),
    ]),
  ]
}

/** A score; of a question with two options the good one stands before it: "ไม่มี - 99.08". */
function itemScore(input: DocumentInput, form: Questionnaire | undefined, item: Item, { items }: PartResult): string {
  const score = scored(items[item.id]?.score, input)
  if (item.options.length !== 2 || !form) return score
  const best = item.options.findIndex((option) => option.score === 100)
  const label = input.questionnaires[form.id]?.scale?.[item.scale]?.[best]
  return label === undefined ? score : `${label} - ${score}`
}

function scoreTable(
  { words, questionnaires }: DocumentInput,
  form: Questionnaire | undefined,
  instrument: string,
  heads: readonly string[],
  body: readonly (readonly Cell[])[],
): Table {
  const each = heads.length === 1 ? 18 : 15
  return {
    kind: 'table',
    label: questionnaires[form?.id ?? '']?.title ?? instrument,
    widths: [100 - each * heads.length, ...heads.map(() => each)],
    head: [
      [
        bold(filled(words.part1.item, { instrument }), { align: 'center' }),
        ...heads.map((text) => bold(text, { align: 'center' })),
      ],
    ],
    body,
  }
}
