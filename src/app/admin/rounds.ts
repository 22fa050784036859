import { utf8 } from '#protocol/bytes'
import { parseJson } from '#protocol/json'
import type { Manifest } from '#protocol/manifest'
import type { RoundView } from '#protocol/office'
import { ask } from './ask.ts'

/** All rounds, and today in Bangkok by the collector's clock. */
export interface Rounds {
  readonly today: string
  readonly rounds: readonly RoundView[]
}

export const loadRounds = () => ask<Rounds>('/rounds')

/** The manifest of a round as it was served. */
export function manifestOf(round: RoundView): Manifest {
  return parseJson(utf8(round.manifest)) as Manifest
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
