import { missingRehearsals } from '#collector/campaigns/campaign-life'
import type { StoredCampaign } from '#collector/campaigns/campaign-register'
import { isClosed } from '#collector/campaigns/campaign-state'
import { isOver } from '#collector/campaigns/windows'
import type { Installation } from '#collector/data-folder'
import { isDemonstration, keySharesOf, lanesOf } from '#protocol/manifest'
import { type CheckId, type Finding, finding } from './finding.ts'

/** Checks of one campaign, from both databases where both are here. */
export async function campaignFindings(here: Installation, campaign: StoredCampaign): Promise<Finding[]> {
  const { manifest, state } = campaign
  const { shares, threshold } = keySharesOf(manifest)
  const missing = await missingRehearsals(here, campaign)
  const late = isOver(manifest, Date.now()) && !isClosed(state) && state !== 'draft'
  return [
    finding('two-holders', !isDemonstration(manifest), `${threshold}/${shares}`),
    here.box ? finding('rehearsed', missing.length === 0, missing.join(', ') || 'canary') : unchecked('rehearsed'),
    { check: 'drawn', verdict: manifest.handout === 'drawn' ? 'kept' : 'weak', evidence: manifest.handout },
    await oneTicketOneResponse(here, campaign),
    await slipsForPeople(here, campaign),
    await destroyed(here, campaign),
    finding('closed-in-time', !late, `${state}, ${manifest.answerWindow.to}`),
  ]
}

async function oneTicketOneResponse({ box }: Installation, { cid, manifest }: StoredCampaign): Promise<Finding> {
  if (!box) return unchecked('one-ticket-one-response')
  const counts = lanesOf(manifest).map(async (lane) => ({
    lane,
    spent: (await box.nullifiers(cid, lane)).length,
    kept: await box.count(cid, lane),
  }))
  const lanes = await Promise.all(counts)
  const evidence = lanes.map(({ lane, spent, kept }) => `${lane} ${kept}/${spent}`).join(', ')
  return finding(
    'one-ticket-one-response',
    lanes.every(({ spent, kept }) => spent === kept),
    evidence,
  )
}

/** Responses ≤ slips exchanged ≤ slips printed, and not more slips than people. Only where issuer and box are both here. */
async function slipsForPeople({ issuer, box }: Installation, { cid, manifest }: StoredCampaign): Promise<Finding> {
  if (!issuer) return unchecked('slips-for-people')
  const lanes = await Promise.all(
    lanesOf(manifest).map(async (lane) => {
      const batches = await issuer.slips.of(cid, lane)
      const sum = (counts: readonly number[]) => counts.reduce((total, one) => total + one, 0)
      const main = sum(batches.filter(({ kind, voided }) => kind === 'main' && !voided).map(({ printed }) => printed))
      const exchanged = sum(batches.map((batch) => batch.exchanged))
      const responses = box ? await box.count(cid, lane) : 0
      const eligible = manifest.lanes[lane]?.eligible ?? 0
      // campaigns made before printings were recorded have none
      const right = batches.length === 0 || (main <= eligible && responses <= exchanged)
      return { right, evidence: `${lane} ${responses} ≤ ${exchanged} ≤ ${main} ≤ ${eligible}` }
    }),
  )
  const evidence = lanes.map((lane) => lane.evidence).join('; ')
  return finding(
    'slips-for-people',
    lanes.every(({ right }) => right),
    evidence,
  )
}

async function destroyed({ issuer }: Installation, { cid, manifest, state }: StoredCampaign): Promise<Finding> {
  if (!issuer || !isClosed(state)) return unchecked('destroyed', state)
  const left = await Promise.all(
    lanesOf(manifest).map(async (lane) => [
      lane,
      await issuer.signingKey(cid, lane),
      await issuer.codesLeft(cid, lane),
    ]),
  )
  const telling = left.filter(([, key, codes]) => key !== null || codes !== 0).map(([lane]) => lane)
  return finding('destroyed', telling.length === 0, telling.join(', ') || '0')
}

function unchecked(check: CheckId, evidence = '–'): Finding {
  return { check, verdict: 'unchecked', evidence }
}
