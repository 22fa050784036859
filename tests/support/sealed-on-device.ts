import { SeededRandom } from '#cli/demo/seeded-random'
import type { Device } from '#device/device'
import { sealDraft } from '#device/seal'
import type { OutboxRecord } from '#device/store'
import { redeemSlip } from '#device/ticket'
import type { Slip } from '#protocol/slip-link'
import { randomAnswers } from './random-answers.ts'

/** Redeems a slip and seals random answers, others for each seed: one response waits in the device's outbox. */
export async function sealedOnDevice(device: Device, slip: Slip, seed = 1): Promise<OutboxRecord> {
  const redeemed = await redeemSlip(device, slip)
  if (redeemed.outcome !== 'ready') throw new Error(`the slip gave no ticket: ${JSON.stringify(redeemed)}`)
  const answers = randomAnswers(slip.lane === 'iit' ? 'iit-2566' : 'eit-2566', new SeededRandom(seed))
  const sealed = await sealDraft(device, redeemed.campaign, redeemed.ticket, { answers, coarse: {} })
  if (sealed.outcome !== 'sealed') throw new Error(sealed.outcome)
  return sealed.record
}
