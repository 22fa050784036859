import { expect, it } from 'vitest'
import exported from '#locales/th/export.json' with { type: 'json' }
import office from '#locales/th/office.json' with { type: 'json' }
import print from '#locales/th/print.json' with { type: 'json' }
import results from '#locales/th/results.json' with { type: 'json' }
import type { Lane } from '#protocol/lane'
import type { OfficeRefusal } from '#protocol/office'
import type { PlanFault } from '#protocol/round-plan'
import type { RowsAre } from '#results/release'
import type { Level } from '#survey/level'

type Words<Union extends string> = Readonly<Record<Union, unknown>>

/**
 * Screens ask for words by typed keys (`app/i18n/*-keys.d.ts`). Print, files and refusals look theirs up by a member of a union
 * at run time: here the compiler says when such a word is missing. What the list of refusals leaves to "other" is left out by name.
 */
const WORDS = {
  resultsLevel: results.level satisfies Words<Level>,
  planFault: office.refused.detail satisfies Words<PlanFault['fault']>,
  officeRefusal: office.refused satisfies Words<Exclude<OfficeRefusal, 'other-host'>>,
  printedLane: print.lane satisfies Words<Lane>,
  exportedLane: exported.lane satisfies Words<Lane>,
  rows: exported.rows satisfies Words<RowsAre>,
}

it('a word is there for every member of a union that a screen names, and none is empty', () => {
  const empty = Object.entries(WORDS).flatMap(([name, words]) =>
    Object.entries(words).flatMap(([key, word]) => (word === '' ? [`${name}.${key}`] : [])),
  )
  expect(empty).toEqual([])
})
