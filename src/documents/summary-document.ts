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
  const { release, words, plan } = input
  const title = filled(words.summary.title, { year: release.fiscalYear })
  const { full } = release.agency[FIRST_LANGUAGE]
  return {
    title,
    owner: full,
    digits: plan.frame.digits,
    compact: true,
    foot: words.foot,
    sections: [
      {
        landscape: false,
        blocks: [
          { kind: 'title', lines: [title, full] },
          scoresTable(input),
          { kind: 'text', text: words.notice, small: true },
          ...listBlocks(input),
        ],
      },
    ],
  }
}

/** What is strongest and weakest, what is not disclosed, what is proposed: each as a short list. */
function listBlocks(input: DocumentInput): Block[] {
  const { release, forms, words, questionnaires } = input
  const { summary: frames } = words
  const items = itemScores(input)
  const line = ({ id, score }: FoundItem) => `${score.toFixed(2)} ${id} ${itemText(questionnaires, id)}`
  const zero = Object.entries(release.instruments.oit?.items ?? {}).flatMap(([id, score]) => (score === 0 ? [id] : []))
  const proposed = inPlanOf(input).flatMap(({ measures }) => measures.map(({ text }) => text.split('\n')[0] ?? ''))
  const part = (text: string, lines: readonly string[], most: number): Block[] => [
    { kind: 'heading', level: 2, text },
    { kind: 'list', items: lines.length > 0 ? some(lines, most, frames.more) : [frames.none] },
  ]
  const weak = items.filter(({ score }) => score < targetOf(forms.year))
  return [
    ...part(frames.strongest, items.slice(-STRONGEST).reverse().map(line), STRONGEST),
    ...part(frames.weakest, weak.slice(0, WEAKEST).map(line), WEAKEST),
    ...(zero.length > 0
      ? part(
          frames.undisclosed,
          zero.map((id) => `${id} ${itemText(questionnaires, id)}`),
          WEAKEST,
        )
      : []),
    ...part(
      frames.proposed,
      proposed.filter((text) => text !== ''),
      MOST_MEASURES,
    ),
  ]
}

/** Items of IIT and EIT that may be shown, the lowest first; EIT by the mean of its parts. */
function itemScores({ release, forms, baseline }: DocumentInput): FoundItem[] {
  return [...foundItems(release, forms, baseline).values()].sort((one, other) => one.score - other.score)
}

/** The first of them, and how many there are beside. */
function some(texts: readonly string[], most: number, more: string): string[] {
  const shown = texts.slice(0, most).map(cut)
  return texts.length > most ? [...shown, filled(more, { n: texts.length - most })] : shown
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
