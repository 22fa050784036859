import type { Lane } from '#protocol/lane'

/** What the issuer counted, as far as it bears on who can be worked out. */
export interface RoundFacts {
  /**
   * Spare slips exchanged in a lane. They may all be in one hand: responses are counted beyond them before a group of people
   * counts as large enough.
   */
  readonly spare: Readonly<Partial<Record<Lane, number>>>
  /** Most people of a unit who can have answered: slips of its own envelope that were exchanged. Absent: as many as it has. */
  readonly exchanged: Readonly<Record<string, number>>
}

export const NO_FACTS: RoundFacts = { spare: {}, exchanged: {} }

/** One printing of slips as the team may see it. */
export interface PrintedSlips {
  readonly lane: Lane
  readonly kind: 'main' | 'spare'
  readonly printed: number
  /** Where it is a unit's own envelope, exact or by fives. */
  readonly exchanged: number
  /** Id of the unit whose envelope it is; '' for everybody's. */
  readonly unit: string
}

/** Of a unit's envelope numbers are told by fives; up to four more were exchanged. */
const FIVE = 5

/** The facts of a round from its printings. */
export function factsOf(printings: readonly PrintedSlips[]): RoundFacts {
  const spare: Partial<Record<Lane, number>> = {}
  const exchanged: Record<string, number> = {}
  const forEverybody = printings.some(({ lane, unit }) => lane === 'iit' && unit === '')
  for (const printing of printings) {
    const most = mostExchanged(printing)
    if (printing.kind === 'spare') spare[printing.lane] = (spare[printing.lane] ?? 0) + most
    // where there is an envelope for everybody, too, a unit's people may have drawn from that one
    if (printing.unit !== '' && !forEverybody) exchanged[printing.unit] = (exchanged[printing.unit] ?? 0) + most
  }
  return { spare, exchanged }
}

/** The same whether the exact number is given, as a terminal at the issuer has it, or the one by fives that the room is told. */
function mostExchanged({ unit, exchanged, printed }: PrintedSlips): number {
  return unit === '' ? exchanged : Math.min(printed, exchanged - (exchanged % FIVE) + FIVE - 1)
}
