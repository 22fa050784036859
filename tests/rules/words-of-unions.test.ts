import { expect, it } from 'vitest'
import type { ActName } from '#collector/acts/act-log'
import type { EnrolRefusal, SlipRefusal, Trouble } from '#device/refusals'
import admin from '#locales/th/admin.json' with { type: 'json' }
import counter from '#locales/th/counter.json' with { type: 'json' }
import exported from '#locales/th/export.json' with { type: 'json' }
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
  act: admin.act satisfies Words<ActName>,
  role: admin.role satisfies Words<Role>,
  officeLane: admin.lane satisfies Words<Lane>,
  level: admin.level satisfies Words<Level>,
  resultsLevel: results.level satisfies Words<Level>,
  spoiled: admin.spoiled.reason satisfies Words<SpoiledReason>,
  planFault: admin.refused.detail satisfies Words<PlanFault['fault']>,
  officeRefusal: admin.refused satisfies Words<Exclude<OfficeRefusal, 'other-host'>>,
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
