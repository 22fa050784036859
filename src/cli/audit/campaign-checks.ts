import { closingOf } from '#collector/acts/closing'
import { sumOfBox } from '#collector/box/sealed-lines'
import type { StoredCampaign } from '#collector/campaigns/campaign-register'
import { isClosed, takesAnswers } from '#collector/campaigns/campaign-state'
import type { Installation } from '#collector/installation/data-folder'
import { mostSpareSlips, slipsInForce } from '#collector/issuer/slip-batches'
import { missingRehearsals } from '#collector/rounds/campaign-life'
import { roundedDown } from '#collector/rounds/round-view'
import type { ActName } from '#protocol/acts'
import { isOver } from '#protocol/day'
import { isDemonstration, isTwin, keySharesOf, lanesOf } from '#protocol/manifest'
import { type CheckId, type Finding, finding } from './finding.ts'

/** Checks of one campaign, from both databases where both are here. */
export async function campaignFindings(
  here: Installation,
  campaign: StoredCampaign,
  all: readonly StoredCampaign[],
): Promise<Finding[]> {
  const { manifest, state } = campaign
  const { shares, threshold } = keySharesOf(manifest)
  const late = isOver(manifest, Date.now()) && !isClosed(state) && state !== 'draft'
  return [
    finding('two-holders', !isDemonstration(manifest), `${threshold}/${shares}`),
    await rehearsed(here, campaign),
    { check: 'drawn', verdict: manifest.handout === 'drawn' ? 'kept' : 'weak', evidence: manifest.handout },
    await oneTicketOneResponse(here, campaign),
    await slipsForPeople(here, campaign),
    await destroyed(here, campaign),
    await intakeKey(here, campaign),
    finding('closed-in-time', !late, `${state}, ${manifest.closesOn}`),
    await actsMatch(here, campaign),
    await boxUnchanged(here, campaign),
    oneRound(campaign, all),
  ]
}

/** The box is counted once more and held against what was written down at closing. */
async function boxUnchanged({ box, acts }: Installation, { cid, manifest, state }: StoredCampaign): Promise<Finding> {
  const closing = await closingOf(acts, manifest.cid)
  if (!box || !isClosed(state)) return unchecked('box-unchanged', state)
  const { rows, hash } = await sumOfBox(box, { cid, manifest })
  const same = closing?.rows === rows && closing.boxHash === hash
  return finding('box-unchanged', same, `${rows}, ${hash.slice(0, 20)}`)
}

/** Two open rounds of one agency and year: phones could be given one and the team another. */
function oneRound({ manifest }: StoredCampaign, all: readonly StoredCampaign[]): Finding {
  const twins = all.filter((one) => takesAnswers(one.state) && isTwin(one.manifest, manifest))
  return finding('one-round', twins.length === 0, twins.map((one) => one.manifest.cid).join(', ') || manifest.cid)
}

async function rehearsed(here: Installation, campaign: StoredCampaign): Promise<Finding> {
  const missing = await missingRehearsals(here, campaign)
  if (campaign.state === 'draft' && missing.length > 0) return unchecked('rehearsed', missing.join(', '))
  return finding('rehearsed', missing.length === 0, missing.join(', ') || 'canary')
}

/** A campaign is where it is by acts that are in the log. */
async function actsMatch({ acts }: Installation, { manifest, state }: StoredCampaign): Promise<Finding> {
  const done = (await acts.about(manifest.cid)).map(({ act }) => act.act)
  const began = done.includes('campaign-created') || done.includes('campaign-added')
  const needed: ActName[] = []
  if (state !== 'draft') needed.push('campaign-opened')
  if (isClosed(state)) needed.push('answers-closed')
  if (state === 'opened') needed.push('box-opened')
  const missing = [...(began ? [] : ['campaign-created']), ...needed.filter((act) => !done.includes(act))]
  return finding('acts-match', missing.length === 0, missing.join(', ') || state)
}

/** While people answer, counts are rounded down: two audits must not tell of one person. */
function shown(state: StoredCampaign['state'], count: number): string {
  return isClosed(state) ? String(count) : `${roundedDown(count)}+`
}

async function oneTicketOneResponse({ box }: Installation, { cid, manifest, state }: StoredCampaign): Promise<Finding> {
  if (!box) return unchecked('one-ticket-one-response')
  const counts = lanesOf(manifest).map(async (lane) => {
    const tally = await box.tally(cid, lane)
    return tally && { lane, ...tally, kept: await box.count(cid, lane) }
  })
  const lanes = (await Promise.all(counts)).filter((one) => one !== null)
  // a night's work is under way, or was broken off: asked again when it is done
  if (lanes.length < counts.length) return unchecked('one-ticket-one-response', 'intake-resealed …')
  const evidence = lanes
    .map(({ lane, tickets, rows }) => `${lane} ${shown(state, rows)}/${shown(state, tickets)}`)
    .join(', ')
  return finding(
    'one-ticket-one-response',
    lanes.every(({ tickets, rows, kept }) => tickets === rows && rows === kept),
    evidence,
  )
}

/** Responses ≤ slips exchanged ≤ slips in force ≤ people, and a tenth of them in spare slips. */
async function slipsForPeople({ issuer, box }: Installation, campaign: StoredCampaign): Promise<Finding> {
  if (!issuer) return unchecked('slips-for-people')
  const { cid, manifest, state } = campaign
  const counted = lanesOf(manifest).filter((lane) => lane !== 'eit-open')
  const lanes = await Promise.all(
    counted.map(async (lane) => {
      const batches = await issuer.slips.of(cid, lane)
      const exchanged = batches.reduce((sum, batch) => sum + batch.exchanged, 0)
      const tablets = (await issuer.tablets.of(cid)).filter((tablet) => tablet.lane === lane)
      const toTablets = tablets.reduce((sum, { issued }) => sum + issued, 0)
      const [main, spare] = [slipsInForce(batches, 'main'), slipsInForce(batches, 'spare')]
      const responses = box ? await box.count(cid, lane) : 0
      const eligible = manifest.lanes[lane]?.eligible ?? 0
      const inOrder = responses <= exchanged + toTablets && exchanged <= main + spare
      const right = inOrder && main <= eligible && spare <= mostSpareSlips(eligible)
      const counts = `${shown(state, responses)} ≤ ${shown(state, exchanged)}+${shown(state, toTablets)}; ${shown(state, exchanged)} ≤ ${main}+${spare} ≤ ${eligible}`
      // campaigns made before printings were recorded have none
      return {
        right: batches.length === 0 && tablets.length === 0 ? exchanged === 0 : right,
        evidence: `${lane} ${counts}`,
      }
    }),
  )
  const all = [...lanes, ...(await posterForPeople(issuer, box, campaign))]
  return finding(
    'slips-for-people',
    all.every(({ right }) => right),
    all.map((lane) => lane.evidence).join('; '),
  )
}

/** Nobody knows how many see a poster; but no response comes without a ticket that was given. */
async function posterForPeople(
  issuer: NonNullable<Installation['issuer']>,
  box: Installation['box'],
  { cid, manifest, state }: StoredCampaign,
): Promise<{ right: boolean; evidence: string }[]> {
  if (!manifest.lanes['eit-open']) return []
  const given = (await issuer.openLane.of(cid))?.given ?? 0
  const responses = box ? await box.count(cid, 'eit-open') : 0
  return [{ right: responses <= given, evidence: `eit-open ${shown(state, responses)} ≤ ${shown(state, given)}` }]
}

async function destroyed({ issuer }: Installation, { cid, manifest, state }: StoredCampaign): Promise<Finding> {
  if (!issuer || !isClosed(state)) return unchecked('destroyed', state)
  const left = await Promise.all(
    lanesOf(manifest).map(async (lane) => [lane, await issuer.keys.of(cid, lane), await issuer.codesLeft(cid, lane)]),
  )
  const telling = left.filter(([, key, codes]) => key !== null || codes !== 0).map(([lane]) => lane)
  return finding('destroyed', telling.length === 0, telling.join(', ') || '0')
}

/** While a round runs its key hides what comes in; afterwards nothing lies under it, and it is gone. */
async function intakeKey({ box }: Installation, { cid, manifest, state }: StoredCampaign): Promise<Finding> {
  const check = isClosed(state) ? 'intake-key-gone' : 'intake-key-safe'
  if (!box) return unchecked(check)
  if (isClosed(state)) {
    const left = await Promise.all(lanesOf(manifest).map((lane) => box.left(cid, lane)))
    const rows = left.reduce((sum, count) => sum + count, 0)
    return finding(check, rows === 0 && !box.keys.has(cid), box.keys.has(cid) ? 'key' : String(rows))
  }
  const fault = await box.checkKey(cid).then(
    () => box.keys.readableByOthers().join(', '),
    (error: Error) => error.message,
  )
  return finding(check, fault === '', fault || '0600')
}

function unchecked(check: CheckId, evidence = '–'): Finding {
  return { check, verdict: 'unchecked', evidence }
}
