import { FIRST_LANGUAGE } from '#protocol/language'
import { difference } from '#results/baseline'
import { type FoundItem, foundItems, targetOf } from '#results/findings'
import { inPlanOf, itemText } from './in-plan.ts'
import type { DocumentInput } from './input.ts'
import { type Block, type DocumentModel, filled, type Table } from './model.ts'

const STRONGEST = 3
const WEAKEST = 5
const MOST_MEASURES = 4
/** More of a sentence would not stay on one page. */
const LONGEST = 84

/** One page for the director: scores against the target, what is strongest and weakest, what is proposed. */
export function summaryDocument(input: DocumentInput): DocumentModel {
  const { release, words, plan, questionnaires } = input
  const { summary: frames } = words
  const title = filled(frames.title, { year: release.fiscalYear })
  const items = itemScores(input)
  const line = ({ id, score }: FoundItem) => cut(`${score.toFixed(2)} ${id} ${itemText(questionnaires, id)}`)
  const zero = Object.entries(release.instruments.oit?.items ?? {}).flatMap(([id, score]) => (score === 0 ? [id] : []))
  const part = (text: string, lines: readonly string[]): Block[] => [
    { kind: 'heading', level: 2, text },
    { kind: 'list', items: lines.length > 0 ? lines : [frames.none] },
  ]
  const proposed = inPlanOf(input).flatMap(({ measures }) => measures.map(({ text }) => text.split('\n')[0] ?? ''))
  return {
    title,
    owner: release.agency[FIRST_LANGUAGE].full,
    digits: plan.frame.digits,
    foot: words.foot,
    compact: true,
    sections: [
      {
        landscape: false,
        blocks: [
          { kind: 'title', lines: [title, release.agency[FIRST_LANGUAGE].full] },
          scoresTable(input),
          { kind: 'text', text: words.notice, small: true },
          ...part(frames.strongest, items.slice(-STRONGEST).reverse().map(line)),
          ...part(frames.weakest, items.slice(0, WEAKEST).map(line)),
          ...(zero.length > 0
            ? part(
                frames.undisclosed,
                zero.slice(0, WEAKEST).map((id) => cut(`${id} ${itemText(questionnaires, id)}`)),
              )
            : []),
          ...part(
            frames.proposed,
            proposed
              .filter((text) => text !== '')
              .slice(0, MOST_MEASURES)
              .map(cut),
          ),
        ],
      },
    ],
  }
}

/** Items of IIT and EIT that may be shown, the lowest first; EIT by the mean of its parts. */
function itemScores({ release, forms, baseline }: DocumentInput): FoundItem[] {
  return [...foundItems(release, forms, baseline).values()].sort((one, other) => one.score - other.score)
}

/** The beginning of a text: to the last space, where a Thai sentence may end. */
function cut(text: string): string {
  if (text.length <= LONGEST) return text
  const space = text.lastIndexOf(' ', LONGEST)
  return `${text.slice(0, space > LONGEST / 2 ? space : LONGEST)} …`
}

function scoresTable({ release, forms, words, baseline }: DocumentInput): Table {
  const { summary: frames, hidden, part1 } = words
  const { iit, eit, oit } = release.instruments
  const scores = [
    ['IIT', iit?.score, baseline?.scores.iit],
    ['EIT', eit?.score, baseline?.scores.eit],
    ['OIT', oit?.score, baseline?.scores.oit],
    ['ITA', release.total ?? undefined, baseline?.scores.total],
  ] as const
  const change = (now: number | undefined, before: number | undefined) =>
    now === undefined || before === undefined ? '' : difference(now, before).toFixed(2)
  return {
    kind: 'table',
    label: filled(frames.scores, { target: targetOf(forms.year) }),
    widths: baseline ? [40, 30, 30] : [60, 40],
    head: [
      [
        { text: filled(frames.scores, { target: targetOf(forms.year) }), bold: true },
        { text: part1.score, bold: true, align: 'center' },
        ...(baseline
          ? [{ text: filled(frames.change, { source: baseline.source }), bold: true, align: 'center' } as const]
          : []),
      ],
    ],
    body: scores.map(([name, now, before]) => [
      { text: name, bold: name === 'ITA' },
      { text: now === undefined ? hidden : now.toFixed(2), align: 'center', bold: name === 'ITA' },
      ...(baseline ? [{ text: change(now, before), align: 'center' } as const] : []),
    ]),
  }
}
