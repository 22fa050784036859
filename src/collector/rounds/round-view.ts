import { toBase64Url } from '#protocol/bytes'
import type { Lane } from '#protocol/lane'
import { lanesOf } from '#protocol/manifest'
import type { LaneView, RoundView, TabletView } from '#protocol/office'
import { closingOf } from '../acts/closing.ts'
import type { StoredCampaign } from '../campaigns/campaign-register.ts'
import { isClosed } from '../campaigns/campaign-state.ts'
import type { Stores } from '../installation/data-folder.ts'
import { missingRehearsals } from './campaign-life.ts'
import { choicesOf } from './part-choices.ts'
import { spareSlipsAsked } from './spare-slips.ts'

/** Counts that grow while people answer are rounded down, so that two looks do not tell of one person. */
const ROUND = 5

/** A count as it may be shown while people answer. */
export function roundedDown(count: number): number {
  return count - (count % ROUND)
}

/** For whom, and when, a round is looked at. */
interface Viewed {
  /** Where respondents reach the app. */
  readonly origin: string
  readonly now: number
}

/** A round as the team may see it. */
export async function roundView(here: Stores, campaign: StoredCampaign, { origin, now }: Viewed): Promise<RoundView> {
  const { manifest, state, text, cid } = campaign
  return {
    cid: manifest.cid,
    state,
    manifest: text,
    origin,
    logHead: await here.acts.head(),
    closing: await closingOf(here.acts, manifest.cid),
    choices: await choicesOf(here, manifest.cid),
    spareAsked: isClosed(state) ? [] : await spareSlipsAsked(here, manifest.cid, now),
    lanes: await Promise.all(lanesOf(manifest).map((lane) => laneView(here, campaign, lane))),
    tablets: (await here.issuer.tablets.of(cid)).map(
      ({ tid, issued: _issued, cid: _cid, ...tablet }): TabletView => ({ tablet: toBase64Url(tid), ...tablet }),
    ),
    unrehearsed: state === 'draft' ? await missingRehearsals(here, campaign) : [],
  }
}

async function laneView(here: Stores, { cid, manifest, state }: StoredCampaign, lane: Lane): Promise<LaneView> {
  const shown = (count: number) => (isClosed(state) ? count : roundedDown(count))
  const printings = await here.issuer.slips.of(cid, lane)
  const open = lane === 'eit-open' ? await here.issuer.openLane.of(cid) : null
  return {
    lane,
    eligible: manifest.lanes[lane]?.eligible ?? 0,
    delivered: shown(await here.box.count(cid, lane)),
    printings: printings.map(({ lane: _lane, exchanged, ...rest }) => ({
      ...rest,
      // of one unit by fives for ever: the exact number would bound those of its people whose group is hidden
      exchanged: rest.unit === '' ? shown(exchanged) : roundedDown(exchanged),
    })),
    ...(open ? { open: { isOn: open.isOn, perDay: open.perDay, given: shown(open.given) } } : {}),
  }
}
