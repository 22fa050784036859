import { readFileSync } from 'node:fs'
import { compareEvidence, type Evidence, evidenceOf, readEvidence } from '#protocol/evidence'
import { readCampaign } from '#protocol/manifest'
import { readCampaignListing } from '#protocol/messages'
import { Failure } from '../installation/failure.ts'
import { type Finding, finding } from './finding.ts'

/**
 * What a holder can check from any machine: that the round phones are given is the one whose key is on the sheet. A key file
 * or the link behind a sheet's QR says it; the server's own word about it counts for nothing.
 */
export async function sheetFindings(file: string, url: string): Promise<Finding[]> {
  const sheet = readSheet(file)
  const served = await ask(`${url}/v2/campaigns/${sheet.cid}`)
  const campaign = served && (await readCampaign(served))
  const verdict = campaign ? compareEvidence(sheet, evidenceOf(campaign)) : 'other-round'
  const listed = await ask(`${url}/v2/campaigns`)
  const open = listed && readCampaignListing(listed)
  return [
    finding('same-as-sheet', verdict === 'same', verdict === 'same' ? sheet.mh : `${verdict}: ${sheet.mh}`),
    open
      ? await oneRound(
          url,
          open.map(({ cid }) => Buffer.from(cid).toString('base64url')),
        )
      : UNCHECKED,
  ]
}

const UNCHECKED: Finding = { check: 'one-round', verdict: 'unchecked', evidence: '–' }

/** Two open rounds of one agency and year: phones could be given one and the team another. */
async function oneRound(url: string, cids: readonly string[]): Promise<Finding> {
  const campaigns = await Promise.all(
    cids.map(async (cid) => {
      const bytes = await ask(`${url}/v2/campaigns/${cid}`)
      return bytes && readCampaign(bytes)
    }),
  )
  const names = campaigns.flatMap((one) => (one ? [`${one.manifest.agency.th.full} ${one.manifest.fiscalYear}`] : []))
  const twice = names.filter((name, at) => names.indexOf(name) !== at)
  return finding('one-round', twice.length === 0, twice.join(', ') || `${names.length}`)
}

function readSheet(file: string): Evidence {
  const text = textOf(file)
  const evidence = readEvidence(text.replace(/^\uFEFF/, ''))
  if (!evidence)
    throw new Failure(`${file} says nothing of a round; give a key file, or the link behind a sheet’s QR as text`)
  return evidence
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new Failure(`${file} cannot be read; give a key file, or the link behind a sheet’s QR as text`)
  }
}

async function ask(url: string): Promise<Uint8Array | null> {
  const reply = await fetch(url, { redirect: 'manual' }).catch(() => null)
  if (!reply) throw new Failure(`${url} cannot be reached; check the address`)
  return reply.ok ? new Uint8Array(await reply.arrayBuffer()) : null
}
