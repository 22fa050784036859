import { newestYear } from '#instruments/years'
import { bangkokDay, fiscalYearOf } from '#protocol/day'
import type { Handout } from '#protocol/manifest'
import type { RoundPlan } from '#protocol/round-plan'
import { tidyWords } from '#protocol/shapes'
import { COUNTED_LANES } from '#results/round-forms'
import { countOf } from '../asking/count-of.ts'
import { dayLater } from '../asking/days.ts'
import { HOLDERS } from '../keys/holders.ts'

/** What is typed into the form. */
export interface PlanFields {
  readonly fiscalYear: string
  /** Id of the year whose instruments are asked. */
  readonly instruments: string
  readonly agencyTh: string
  readonly agencyEn: string
  readonly shortTh: string
  readonly shortEn: string
  readonly enquiriesWho: string
  readonly enquiriesHow: string
  /** PNG, base64url; '' for none. */
  readonly emblem: string
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

/** A round that begins tomorrow and lasts a month. */
export function emptyPlan(): PlanFields {
  const today = bangkokDay(Date.now())
  const from = dayLater(today, 1)
  return {
    fiscalYear: String(fiscalYearOf(today)),
    instruments: newestYear().id,
    agencyTh: '',
    agencyEn: '',
    shortTh: '',
    shortEn: '',
    enquiriesWho: '',
    enquiriesHow: '',
    emblem: '',
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
    instruments: fields.instruments,
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
