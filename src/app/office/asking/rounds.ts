import { utf8 } from '#protocol/bytes'
import { checkNumber } from '#protocol/check-number'
import { parseJson } from '#protocol/json'
import { type Agency, type Campaign, type Manifest, readCampaign } from '#protocol/manifest'
import type { RoundList, RoundView } from '#protocol/office'
import { agencyNames } from '#questions/owner.tsx'
import { type Answer, ask } from './ask.ts'
import { learnAll } from './learn.ts'

/** All rounds, with what they ask made known to this page. */
export async function loadRounds(): Promise<Answer<RoundList>> {
  const answer = await ask('GET /rounds')
  if ('value' in answer) await learnAll(answer.value.rounds.map((round) => manifestOf(round).instruments))
  return answer
}

/** The manifest of a round as it was served. */
export function manifestOf(round: RoundView): Manifest {
  return parseJson(utf8(round.manifest)) as Manifest
}

/** The round's manifest, checked, with its fingerprint; null when what the collector sent is none. */
export function campaignOf({ manifest }: Pick<RoundView, 'manifest'>): Promise<Campaign | null> {
  return readCampaign(utf8(manifest))
}

/** The check number, from the manifest's bytes. */
export async function numberOf(round: Pick<RoundView, 'manifest'>): Promise<string | null> {
  const campaign = await campaignOf(round)
  return campaign && checkNumber(campaign.mh)
}

/** The number for a file's name. */
export async function numberInName(round: RoundView): Promise<string> {
  return ((await numberOf(round)) ?? '').replaceAll(' ', '')
}

/** The department's name in a language. */
export function agencyName(agency: Agency, language: string): string {
  return agencyNames(agency, language).full
}

/** The name of a printing's unit, to stand before it; nothing for everybody's. */
export function unitName(round: RoundView, unit: string): string {
  const name = manifestOf(round).units?.find(({ id }) => id === unit)?.name
  return name ? `${name} ·` : ''
}

/** What each part of a round's page is given. */
export interface PartProps {
  readonly round: RoundView
  /** Today in Bangkok, by the collector's clock. */
  readonly today: string
  readonly onRound: (round: RoundView) => void
}
