import type { StoredCampaign } from '#collector/campaigns/campaign-register'
import { isClosed } from '#collector/campaigns/campaign-state'
import type { Installation } from '#collector/installation/data-folder'
import { roundedDown } from '#collector/rounds/round-view'
import { checkNumber } from '#protocol/check-number'
import type { Lane } from '#protocol/lane'
import { lanesOf } from '#protocol/manifest'

/** The campaigns of an installation, for a terminal: state, windows, slips and responses by lane. */
export async function campaignTable(here: Installation): Promise<string> {
  const campaigns = await (here.box ?? here.issuer)?.campaigns.all()
  if (!campaigns?.length) return 'no campaign yet; make one with "ita campaign create"\n'
  const blocks = await Promise.all(campaigns.map((campaign) => campaignBlock(here, campaign)))
  return blocks.join('\n')
}

async function campaignBlock(here: Installation, campaign: StoredCampaign): Promise<string> {
  const { manifest, state, mh } = campaign
  const { issueWindow, answerWindow } = manifest
  const lanes = await Promise.all(lanesOf(manifest).map((lane) => laneLine(here, campaign, lane)))
  return [
    `${manifest.cid}  ${state}  check number ${await checkNumber(mh)}  ${manifest.agency.th.full} ${manifest.fiscalYear}`,
    `  slips exchanged ${issueWindow.from} … ${issueWindow.to}, responses taken ${answerWindow.from} … ${answerWindow.to}, ${manifest.handout}`,
    ...lanes,
    '',
  ].join('\n')
}

async function laneLine(here: Installation, { cid, manifest, state }: StoredCampaign, lane: Lane): Promise<string> {
  const shown = (count: number) => (isClosed(state) ? String(count) : `${roundedDown(count)}+`)
  const open = lane === 'eit-open' ? await here.issuer?.openLane.of(cid) : null
  const facts = open
    ? [`${open.isOn ? `${open.perDay} a day` : 'off'}, tickets given ${shown(open.given)}`]
    : [`eligible ${manifest.lanes[lane]?.eligible ?? 0}`]
  for (const { batch, kind, printed, voided, exchanged, unit } of (await here.issuer?.slips.of(cid, lane)) ?? []) {
    const used = unit === '' ? shown(exchanged) : `${roundedDown(exchanged)}+`
    facts.push(`${kind} printing ${batch}: ${printed} slips${voided ? ' voided' : ''}, exchanged ${used}`)
  }
  if (here.box) facts.push(`responses ${shown(await here.box.count(cid, lane))}`)
  return `  ${lane.padEnd(11)} ${facts.join('; ')}`
}
