import { utf8 } from '#protocol/bytes'
import { isRecord, parseJson } from '#protocol/json'
import type { Release } from '#results/release'
import { type Answer, ask } from '../ask.ts'
import { loadRounds } from '../rounds.ts'

/** Tables of a round that were kept; null for anything else. */
export function readRelease(text: string): Release | null {
  const value = text === '' ? null : parseJson(utf8(text))
  const isOne = isRecord(value) && value.v === 2 && isRecord(value.instruments) && isRecord(value.asked)
  return isOne ? (value as unknown as Release) : null
}

/** Kept tables of all other rounds, the latest year first. */
export async function loadEarlier(cid: string): Promise<Answer<readonly Release[]>> {
  const answer = await loadRounds()
  if ('refused' in answer) return answer
  const others = answer.value.rounds.filter((round) => round.cid !== cid && round.state === 'opened')
  const kept = await Promise.all(others.map((round) => ask<{ text: string }>(`/rounds/${round.cid}/papers/results`)))
  const releases = kept.flatMap((one) => ('value' in one ? (readRelease(one.value.text) ?? []) : []))
  return { value: releases.sort((a, b) => b.fiscalYear - a.fiscalYear) }
}
