import { findingsMapOf } from '#instruments/findings-map'
import { findingsOf } from '../findings.ts'
import type { ExportInput } from './export-input.ts'
import { itemText } from './export-words.ts'

/** One item that needs doing something about. */
export interface FindingLine {
  readonly issue: string
  readonly item: string
  readonly text: string
  readonly score: number
  readonly how: string
}

/** What is not disclosed, and every item below the target by issue: an item of two issues stands there twice. */
export function findingLines({
  release,
  forms,
  words,
}: Pick<ExportInput, 'release' | 'forms' | 'words'>): FindingLine[] {
  const { findings } = words.export
  const map = findingsMapOf(release.asked.id)
  const { issues, undisclosed } = findingsOf(release, forms, map)
  const titleOf = (form: string) => words.questionnaires[form]?.title ?? form
  const formOf = (item: string) =>
    [...Object.values(forms.year.lanes), forms.oit].find(({ itemById }) => itemById.has(item))?.id ?? ''
  const nameOf = (issue: string) => {
    const written = map?.issues.find(({ id }) => id === issue)?.name[words.language]
    const named = Object.values(words.questionnaires).find(({ indicator }) => issue in indicator)
    return written ?? named?.indicator[issue] ?? issue
  }
  const line = (issue: string, item: string, score: number, how: string): FindingLine => ({
    ...{ issue, item, score, how },
    text: itemText(words, formOf(item), item),
  })
  return [
    ...undisclosed.map((item) => line(titleOf(forms.oit.id), item, 0, findings.undisclosed)),
    ...issues.flatMap(({ issue, named, others }) => [
      ...named.map(({ id, score }) => line(nameOf(issue), id, score, findings.named)),
      ...others.map(({ id, score }) => line(nameOf(issue), id, score, findings.other)),
    ]),
  ]
}
