import { expect, it } from 'vitest'
import type { ActName } from '#collector/acts/act-log'
import type { EnrolRefusal, SlipRefusal, Trouble } from '#device/refusals'
import counter from '#locales/th/counter.json' with { type: 'json' }
import exported from '#locales/th/export.json' with { type: 'json' }
import office from '#locales/th/office.json' with { type: 'json' }
import print from '#locales/th/print.json' with { type: 'json' }
import respond from '#locales/th/respond.json' with { type: 'json' }
import results from '#locales/th/results.json' with { type: 'json' }
import type { Lane } from '#protocol/lane'
import type { ItemRefusal } from '#protocol/messages'
import type { OfficeRefusal, Role } from '#protocol/office'
import type { PlanFault } from '#protocol/round-plan'
import type { SpoiledReason } from '#results/open-responses'
import type { RowsAre } from '#results/release'
import type { Level } from '#survey/level'

type Words<Union extends string> = Readonly<Record<Union, unknown>>

/**
 * Where screens look a word up by a member of a union, the compiler says when the word is missing: whoever adds a member has
 * an error in this file. What the list of refusals leaves to "other" is left out by name.
 */
const WORDS = {
  act: office.act satisfies Words<ActName>,
  role: office.role satisfies Words<Role>,
  officeLane: office.lane satisfies Words<Lane>,
  level: office.level satisfies Words<Level>,
  resultsLevel: results.level satisfies Words<Level>,
  spoiled: office.spoiled.reason satisfies Words<SpoiledReason>,
  planFault: office.refused.detail satisfies Words<PlanFault['fault']>,
  officeRefusal: office.refused satisfies Words<Exclude<OfficeRefusal, 'other-host'>>,
  slip: respond.problem.reason satisfies Words<SlipRefusal>,
  enrolment: counter.enrol satisfies Words<EnrolRefusal>,
  delivery: respond.delivery.trouble satisfies Words<Trouble>,
  counterDelivery: counter.panel.trouble satisfies Words<Trouble>,
  item: counter.panel.why satisfies Words<ItemRefusal>,
  lane: respond.lane satisfies Words<Lane>,
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
