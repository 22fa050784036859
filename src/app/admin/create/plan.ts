import { bangkokDay } from '#protocol/day'
import type { Lane } from '#protocol/lane'
import type { Handout } from '#protocol/manifest'
import type { RoundPlan } from '#protocol/round-plan'
import { tidyWords } from '#protocol/shapes'
import { BUDDHIST, dayLater } from '../days.ts'

/** Lanes whose people are counted. */
export const COUNTED_LANES = ['iit', 'eit-public', 'eit-survey'] as const satisfies readonly Lane[]

/** What is typed into the form. */
export interface PlanFields {
  readonly fiscalYear: string
  readonly agencyTh: string
  readonly agencyEn: string
  readonly shortTh: string
  readonly shortEn: string
  readonly enquiriesWho: string
  readonly enquiriesHow: string
  readonly people: Readonly<Record<(typeof COUNTED_LANES)[number], string>>
  readonly openPerDay: string
  /** One a line: `name = people`. */
  readonly units: string
  /** One a line. */
  readonly points: string
  readonly handout: Handout
  readonly issueFrom: string
  readonly issueTo: string
  readonly answerFrom: string
  readonly answerTo: string
  readonly closesOn: string
  readonly kIit: string
  readonly kEit: string
}

/** A round that begins tomorrow and lasts a month. Fiscal years begin in October. */
export function emptyPlan(): PlanFields {
  const today = bangkokDay(Date.now())
  const [year = 0, month = 1] = today.split('-').map(Number)
  const from = dayLater(today, 1)
  return {
    fiscalYear: String(year + BUDDHIST + (month >= 10 ? 1 : 0)),
    agencyTh: '',
    agencyEn: '',
    shortTh: '',
    shortEn: '',
    enquiriesWho: '',
    enquiriesHow: '',
    people: { iit: '', 'eit-public': '', 'eit-survey': '' },
    openPerDay: '',
    units: '',
    points: '',
    handout: 'drawn',
    issueFrom: from,
    issueTo: dayLater(from, 20),
    answerFrom: from,
    answerTo: dayLater(from, 30),
    closesOn: dayLater(from, 30),
    kIit: '10',
    kEit: '5',
  }
}

/** Two of three: ethics centre, internal audit, a representative of the staff. */
export const HOLDERS = { shares: 3, threshold: 2 } as const

/** The plan of what was typed. */
export function planOf(fields: PlanFields): RoundPlan {
  const people = COUNTED_LANES.flatMap((lane) => {
    const count = countOf(fields.people[lane])
    return count > 0 ? [[lane, count] as const] : []
  })
  const openPerDay = countOf(fields.openPerDay)
  const [units, points] = [unitsOf(fields.units), linesOf(fields.points)]
  return {
    fiscalYear: countOf(fields.fiscalYear),
    agency: {
      th: { full: tidyWords(fields.agencyTh), short: tidyWords(fields.shortTh) },
      en: { full: tidyWords(fields.agencyEn), short: tidyWords(fields.shortEn) },
    },
    enquiries: { who: tidyWords(fields.enquiriesWho), how: tidyWords(fields.enquiriesHow) },
    ...(fields.closesOn > fields.answerTo ? { closesOn: fields.closesOn } : {}),
    eligible: Object.fromEntries(people),
    ...(openPerDay > 0 ? { openPerDay } : {}),
    ...(units.length > 0 ? { units } : {}),
    ...(points.length > 0 ? { points } : {}),
    issueWindow: { from: fields.issueFrom, to: fields.issueTo },
    answerWindow: { from: fields.answerFrom, to: fields.answerTo },
    k: { iit: countOf(fields.kIit), eit: countOf(fields.kEit) },
    handout: fields.handout,
    keyShares: HOLDERS,
  }
}

/** A whole number, 0 for anything else. */
export function countOf(text: string): number {
  return /^\s*\d{1,7}\s*$/.test(text) ? Number(text) : 0
}

/** Units as they were typed; a line without a number has no people, and is told. */
function unitsOf(text: string): { readonly name: string; readonly eligible: number }[] {
  return linesOf(text).map((line) => {
    const [, name = line, people = ''] = /^(.*?)\s*[=:\t,]\s*(\d+)$/.exec(line) ?? []
    return { name: tidyWords(name), eligible: countOf(people) }
  })
}

/** The first line without a number of people. */
export function lineWithoutPeople(text: string): string | null {
  return unitsOf(text).find(({ eligible }) => eligible === 0)?.name ?? null
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map(tidyWords)
    .filter((line) => line !== '')
}
