import { utf8 } from '#protocol/bytes'
import { isRecord, parseJson } from '#protocol/json'
import type { OitAnswers } from '#results/oit'
import type { Questionnaire } from '#survey/questionnaire'
import { type Answer, ask } from '../asking/ask.ts'

/** One item of OIT: whether it is disclosed, and where. */
export interface OitTick {
  readonly disclosed: boolean
  /** Link to the evidence, '' when none. */
  readonly link: string
}

/** Ticks by item id; what is missing was not looked at. */
export type OitTicks = Readonly<Record<string, OitTick>>

export interface OitPaper {
  readonly version: number
  readonly ticks: OitTicks
}

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
  return Object.fromEntries(items.map(({ id }) => [id, ticks[id]?.disclosed ? 100 : 0] as const))
}

/** Only links a browser can safely follow. */
export function isLink(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text)
}

function readTicks(text: string): OitTicks {
  const value = text === '' ? {} : parseJson(utf8(text))
  if (!isRecord(value)) return {}
  const entries = Object.entries(value).flatMap(([id, one]) =>
    isRecord(one) && typeof one.disclosed === 'boolean' && typeof one.link === 'string'
      ? [[id, { disclosed: one.disclosed, link: one.link }] as const]
      : [],
  )
  return Object.fromEntries(entries)
}
