import type { Lane } from '#protocol/lane'
import type { RoundView } from '#protocol/office'
import { type Answer, askFile } from '../asking/ask.ts'
import { saveFile } from '../asking/save-file.ts'

export interface SlipsToPrint {
  readonly lane: Lane
  readonly kind: 'main' | 'spare'
  readonly count: number
  /** Id of the unit; '' for everybody. */
  readonly unit: string
}

/** Has slips made and saves the PDF: their codes are in it and nowhere else. */
export async function printSlips(round: RoundView, slips: SlipsToPrint): Promise<Answer<null>> {
  const reply = await askFile('POST /rounds/:cid/slips', { cid: round.cid, body: slips })
  if ('refused' in reply) return reply
  const { lane, unit, kind } = slips
  saveFile(`slips-${lane}${unit && `-${unit}`}-${kind}.pdf`, [await reply.value.blob()], 'application/pdf')
  return { value: null }
}
