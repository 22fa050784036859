import { expect, it } from 'vitest'
import { SeededRandom } from '#cli/demo/seeded-random'
import { DOCUMENT_KINDS, type DocumentInput } from '#documents/input'
import { makeDocument } from '#documents/make-document'
import { findingTable, measureTable } from '#documents/plan-lines'
import { planCsv } from '#documents/plan-workbook'
import { issuesOf } from '#measures/issues'
import { limitsOf } from '#measures/limits'
import { analysisId, FRAME_ID, NO_FRAME, newMeasure } from '#measures/plan'
import { publicReport } from '#measures/public-report'
import type { Manifest } from '#protocol/manifest'
import { findingsOf, foundItems, targetOf } from '#results/findings'
import { Opening } from '#results/opening'
import type { Release } from '#results/release'
import { counted } from '#tests/support/counted.ts'
import { documentInput, type PlannedRow } from '#tests/support/document-input.ts'
import { FORMS } from '#tests/support/forms.ts'
import { leaningRound } from '#tests/support/leaning-rounds.ts'

const ROUNDS = 50
const NAMES = { full: 'กรมเล็ก', short: 'กรมเล็ก' }

/** A small round: some of its parts are too small to be shown, and which is chance. */
function smallRound(seed: number): { manifest: Manifest; release: Release } {
  const random = new SeededRandom(seed)
  const { manifest, responses } = leaningRound(random, 1)
  const few = (lane: string, most: number) =>
    responses.filter((one) => one.lane === lane).slice(0, Math.floor(random.fraction() * most))
  const owned = { ...manifest, agency: { th: NAMES, en: NAMES } }
  const opening = new Opening({ manifest: owned })
  opening.add([...few('iit', 40), ...few('eit-public', 20)].map(counted))
  return { manifest: owned, release: opening.release() }
}

/** A plan that names everything there is: whatever is withheld would have a place to stand. */
function greedyPlan(): PlannedRow[] {
  const all = [...(FORMS.year.lanes.iit?.items ?? []), ...(FORMS.year.lanes['eit-public']?.items ?? [])].map(
    ({ id }) => id,
  )
  const row = (id: string, content: PlannedRow['content']) => ({ id, removed: false, content })
  return [
    ...['process', 'service', 'communication', 'property', 'budget', 'power', 'anti-corruption'].flatMap((issue) => [
      row(analysisId(issue), { kind: 'analysis', issue, named: all, text: null, figures: '', waived: [] }),
      row(`m-${issue}`, { ...newMeasure(issue, 1, { from: '', to: '' }), text: 'มาตรการ', items: all }),
    ]),
    row(FRAME_ID, NO_FRAME),
  ]
}

/** Everything that leaves the room about a round, as text. */
function everythingOf(input: DocumentInput): string {
  const { release, forms, map, plan } = input
  const report = publicReport({
    ...{ release, forms, enquiries: { who: 'x', how: 'y' }, level: null, demonstration: false },
    issues: issuesOf(findingsOf(release, forms, map), plan),
    nameOf: (issue) => ({ th: issue, en: issue }),
  })
  const files = [findingTable(input), measureTable(input), planCsv(input), report]
  return JSON.stringify([...DOCUMENT_KINDS.map((kind) => makeDocument(kind, input)), ...files])
}

/** Every number of a value. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : []
}

it(`the public page, all documents and files of ${ROUNDS} small rounds hold no score that was not released`, () => {
  let withheld = 0
  for (let seed = 1; seed <= ROUNDS; seed += 1) {
    const { manifest, release } = smallRound(seed)
    withheld += release.withheld.length
    // what travels is the released text and nothing that hangs on its object
    const told = JSON.parse(JSON.stringify(release)) as Release
    const turnedAway = { 'eit-public': 5, 'eit-survey': 15 }
    const input = { ...documentInput(greedyPlan(), told), lanes: manifest.lanes, turnedAway }
    const text = everythingOf(input)
    expect(text).toBe(everythingOf({ ...input, release }))
    const released = [...numbersIn(told), ...[...foundItems(told, FORMS, null).values()].map(({ score }) => score)]
    const bounds = FORMS.year.levels.flatMap(({ from }) => [from, from - 0.01])
    const known = new Set([...released, ...bounds, targetOf(FORMS.year), 0].map((one) => one.toFixed(2)))
    const strange = [...text.matchAll(/\d+\.\d\d(?!\d)/g)].map(([score]) => score).filter((score) => !known.has(score))
    expect([seed, strange]).toEqual([seed, []])
    // nor how many answered what is withheld, nor the names of groups
    for (const { lane } of release.withheld) {
      const sentences = limitsOf(told, { ...manifest, turnedAway }, FORMS, input.words.limits)
      const own = Object.values(sentences)
        .flat()
        .filter((one) => one.includes(input.words.limits.lane[lane]))
      expect(own).toHaveLength(1)
      expect(own[0]).not.toMatch(/\d+ คน/)
    }
    expect(text).not.toMatch(/unit \d|point \d/)
  }
  expect(withheld).toBeGreaterThan(ROUNDS / 4)
})
