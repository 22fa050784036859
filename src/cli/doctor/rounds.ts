import type { StoredCampaign } from '#collector/campaigns/campaign-register'
import { isClosed } from '#collector/campaigns/campaign-state'
import type { Installation } from '#collector/installation/data-folder'
import { bangkokDay, isOver } from '#protocol/day'
import { isDemonstration, lanesOf } from '#protocol/manifest'
import { type Diagnosis, diagnosis } from './diagnosis.ts'

const UNOPENED_MS = 30 * 24 * 3_600_000

/** A clock may run ahead a little; the day after tomorrow it does not. */
const AHEAD_MS = 24 * 3_600_000

/** What somebody forgot about the rounds, at a time (ms since 1970). */
export async function roundDiagnoses(
  here: Installation,
  campaigns: readonly StoredCampaign[],
  nowMs: number,
): Promise<Diagnosis[]> {
  const earnest = campaigns.filter(({ manifest }) => !isDemonstration(manifest))
  const late = earnest.filter(({ state, manifest }) => state !== 'draft' && !isClosed(state) && isOver(manifest, nowMs))
  const begun = earnest.filter(
    ({ state, manifest }) => state === 'draft' && bangkokDay(nowMs) >= manifest.issueWindow.from,
  )
  return [
    diagnosis('closing', late.length === 0, named(late)),
    diagnosis('beginning', begun.length === 0, named(begun), 'look'),
    await unopened(here, earnest, nowMs),
    await admins(here),
    await logTime(here, nowMs),
  ]
}

/** Responses that may still come in running rounds. */
export async function stillExpected({ box }: Installation, campaigns: readonly StoredCampaign[]): Promise<number> {
  let expected = 0
  for (const { cid, manifest } of campaigns.filter(({ state }) => !isClosed(state))) {
    for (const lane of lanesOf(manifest)) {
      const come = (await box?.count(cid, lane)) ?? 0
      expected += Math.max(0, (manifest.lanes[lane]?.eligible ?? 0) - come)
    }
  }
  return expected
}

async function unopened(here: Installation, campaigns: readonly StoredCampaign[], nowMs: number): Promise<Diagnosis> {
  const waiting: StoredCampaign[] = []
  for (const campaign of campaigns.filter(({ state }) => state === 'answers-closed')) {
    const counted = await here.acts.last('box-counted', campaign.manifest.cid)
    if (counted && nowMs - Date.parse(counted.act.at) > UNOPENED_MS) waiting.push(campaign)
  }
  return diagnosis('opening', waiting.length === 0, named(waiting), 'look')
}

async function admins({ office }: Installation): Promise<Diagnosis> {
  if (!office) return { check: 'two-admins', health: 'unchecked', seen: '–' }
  const count = (await office.accounts.all()).filter(({ role }) => role === 'admin').length
  return diagnosis('two-admins', count > 1, String(count), 'look')
}

async function logTime({ acts }: Installation, nowMs: number): Promise<Diagnosis> {
  const all = await acts.all()
  const latest = all.reduce((latest, { act }) => Math.max(latest, Date.parse(act.at)), 0)
  return diagnosis('log-time', latest < nowMs + AHEAD_MS, latest === 0 ? '–' : new Date(latest).toISOString())
}

function named(campaigns: readonly StoredCampaign[]): string {
  return campaigns.map(({ manifest }) => `${manifest.agency.th.short} ${manifest.fiscalYear}`).join(', ') || '0'
}
