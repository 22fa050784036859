import {
  readRevoked,
  type StateRequest,
  stateMessage,
  TOTALS_ROUND,
  type TotalsRequest,
  totalsMessage,
} from '#protocol/counter'
import { askCollector } from '../ask-collector.ts'
import type { Device } from '../device.ts'
import type { TabletRecord } from '../store.ts'
import { readCounter } from './counter.ts'
import { noteRevoked, signAsTablet } from './tablet.ts'

/** Learns whether this tablet still has its place: a revoked one collects no more, however many tickets it has left. */
export async function learnState(device: Device, tablet: TabletRecord): Promise<void> {
  const asked = { cid: tablet.cid, tablet: tablet.enrolment?.tablet ?? '' }
  const sig = await signAsTablet(tablet, stateMessage(asked))
  const reply = await askCollector(device, '/v2/tablet', JSON.stringify({ ...asked, sig } satisfies StateRequest))
  if (reply.reached && reply.json && readRevoked(reply.body) === true) await noteRevoked(device, tablet)
}

/** Tells the collector, by fives, what this tablet collected and delivered and how many need not answer, for whoever watches service points. False when it could not. */
export async function tellTotals(device: Device, tablet: TabletRecord): Promise<boolean> {
  const { all } = await readCounter(device, tablet)
  const rounded = (count: number) => count - (count % TOTALS_ROUND)
  const told = {
    cid: tablet.cid,
    tablet: tablet.enrolment?.tablet ?? '',
    collected: rounded(all.collected),
    delivered: rounded(all.delivered),
    turnedAway: rounded(all.turnedAway),
  }
  const sig = await signAsTablet(tablet, totalsMessage(told))
  const body = JSON.stringify({ ...told, sig } satisfies TotalsRequest)
  const reply = await askCollector(device, '/v2/totals', body)
  return reply.reached && reply.json && reply.status === 200
}
