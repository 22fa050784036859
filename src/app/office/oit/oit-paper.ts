import * as v from 'valibot'
import { utf8 } from '#protocol/bytes'
import { isRecord, parseJson } from '#protocol/json'
import { isEvidence, type OitAnswer, type OitAnswers } from '#results/oit'
import type { Questionnaire } from '#survey/questionnaire'
import { type Answer, ask } from '../asking/ask.ts'

/** One item of OIT: whether it is disclosed, and where; who gets it done until when, where it is not. */
export interface OitTick {
  readonly disclosed: boolean
  /** Address of the evidence, '' when none. */
  readonly link: string
  /** The unit that sees to it, '' when nobody does. */
  readonly unit: string
  /** The day until when, 2026-12-01; '' when none. */
  readonly due: string
}

/** An item that nobody looked at. */
export const NOT_LOOKED_AT: OitTick = { disclosed: false, link: '', unit: '', due: '' }

/** Ticks by item id; what is missing was not looked at. */
export type OitTicks = Readonly<Record<string, OitTick>>

export interface OitPaper {
  readonly version: number
  readonly ticks: OitTicks
}

const TICK = v.object({
  ...{ disclosed: v.boolean(), link: v.string(), unit: v.string() },
  due: v.union([v.literal(''), v.pipe(v.string(), v.isoDate())]),
})

export async function loadOit(cid: string): Promise<Answer<OitPaper>> {
  const answer = await ask('GET /rounds/:cid/papers/:paper', { cid, paper: 'oit' })
  return 'value' in answer ? { value: { version: answer.value.version, ticks: readTicks(answer.value.text) } } : answer
}

export async function saveOit(cid: string, { version, ticks }: OitPaper): Promise<Answer<OitPaper>> {
  const body = { version, text: JSON.stringify(ticks) }
  const answer = await ask('PUT /rounds/:cid/papers/:paper', { cid, paper: 'oit', body })
  return 'value' in answer ? { value: { version: answer.value.version, ticks } } : answer
}

/** Scores for the scorecard; absent until somebody began: an OIT of nothing ticked would pass for a result. */
export function oitAnswersOf(ticks: OitTicks, { items }: Questionnaire): OitAnswers | undefined {
  if (Object.keys(ticks).length === 0) return undefined
  return Object.fromEntries(items.map(({ id }) => [id, scoreOf(ticks[id])] as const))
}

function scoreOf({ disclosed, link } = NOT_LOOKED_AT): OitAnswer {
  if (!disclosed) return 0
  return isEvidence(link) ? link : 100
}

/** A score that nobody can follow to what is published. */
export function isUnproven({ disclosed, link } = NOT_LOOKED_AT): boolean {
  return disclosed && !isEvidence(link)
}

function readTicks(text: string): OitTicks {
  const value = text === '' ? {} : parseJson(utf8(text))
  if (!isRecord(value)) return {}
  return Object.fromEntries(Object.entries(value).flatMap(([id, one]) => (v.is(TICK, one) ? [[id, one] as const] : [])))
}
