import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { closingOf } from '#collector/acts/closing'
import type { StoredCampaign } from '#collector/campaigns/campaign-register'
import { isClosed } from '#collector/campaigns/campaign-state'
import { type Installation, openFolder } from '#collector/installation/data-folder'
import { noteOpening } from '#collector/rounds/campaign-life'
import { choicesOf } from '#collector/rounds/part-choices'
import { type Bytes, fromBase64Url, toBase64Url } from '#protocol/bytes'
import { type Campaign, isDemonstration, lanesOf, readCampaign } from '#protocol/manifest'
import { readReceipts, readSlipCounts } from '#protocol/published'
import { openerFor } from '#protocol/sealed-box'
import { SIZES } from '#protocol/sizes'
import type { SealedResponse } from '#results/open-responses'
import type { ChosenParts } from '#results/release'
import { factsOf, NO_FACTS, type PrintedSlips, type RoundFacts } from '#results/round-facts'
import { readSealedLine } from '#results/sealed-line'
import { Failure } from '../installation/failure.ts'
import { administrator } from '../installation/installation.ts'
import { folderOptions } from '../installation/places.ts'

/** A campaign and its sealed responses, from a data folder or from a running collector. */
export interface SealedSource {
  readonly campaign: Campaign
  /** SHA-256 of the box as it was written down at closing; null for a demonstration that still runs. */
  readonly boxHash: string | null
  /** Streams the sealed responses. A collector hands them out only to a holder of the key. */
  responses(privateKey: Bytes): AsyncIterable<SealedResponse>
  /** What the issuer counted that bears on who can be worked out. */
  facts(): Promise<RoundFacts>
  /** What the team chose to leave of parts whose rows and breakdowns must not both leave. */
  choices(): Promise<ChosenParts>
  /** Writes down that whole rows leave, confirmed by so many holders. Throws a Failure where that cannot be written down. */
  noteRows(holders: number): Promise<void>
  /** The document of that hash, as text, of what a round asks. */
  instruments(hash: string): Promise<string | null>
  end(): Promise<void>
}

/**
 * Reads straight from the box database. Where the issuer is elsewhere, `issuerUrl` is where its counts of slips are published.
 * Throws a Failure when the folder, the campaign or those counts are not there.
 */
export async function sourceInFolder(folder: string, cid: string, issuerUrl?: string): Promise<SealedSource> {
  const here = await openFolder(folder, folderOptions())
  if (!here?.box) {
    await here?.end()
    throw new Failure(`${folder} holds no box; name the data folder of the collector`)
  }
  const { box } = here
  const id = fromBase64Url(cid, SIZES.campaignId)
  const campaign = id ? await box.campaigns.findNow(id) : null
  const fault = campaign
    ? whyNotYet(campaign)
    : `${folder} holds no campaign ${cid}; the manifest and "ita demo" name its id`
  if (!campaign || fault) {
    await here.end()
    throw new Failure(fault ?? '')
  }
  return {
    campaign,
    boxHash: (await closingOf(here.acts, campaign.manifest.cid))?.boxHash ?? null,
    async *responses() {
      await noteOpening(here, campaign, administrator())
      for (const lane of lanesOf(campaign.manifest)) {
        for await (const sealed of box.sealedRows(campaign.cid, lane)) yield { lane, sealed }
      }
    },
    facts: () => factsBeside(here, campaign, issuerUrl),
    choices: () => choicesOf(here, campaign.manifest.cid),
    async noteRows(holders) {
      const facts = { count: holders }
      await here.acts.write({ by: administrator(), act: 'rows-confirmed', campaign: campaign.manifest.cid, facts })
    },
    instruments: (hash) => box.instruments.read(fromBase64Url(hash, 32) ?? new Uint8Array()),
    end: () => here.end(),
  }
}

/** What the issuer counted: in this folder, or as it is published. Not knowing is not none. */
async function factsBeside(
  { issuer }: Installation,
  { cid, manifest }: StoredCampaign,
  url: string | undefined,
): Promise<RoundFacts> {
  if (issuer) {
    const printings: PrintedSlips[][] = []
    for (const lane of lanesOf(manifest)) printings.push([...(await issuer.slips.of(cid, lane))])
    return factsOf(printings.flat())
  }
  if (url) return { ...NO_FACTS, spare: await publishedSpare(campaignAt(url, manifest.cid), isDemonstration(manifest)) }
  if (isDemonstration(manifest)) return NO_FACTS
  throw new Failure(
    'this folder holds the box alone, and how many spare slips were exchanged is at the issuer; name its address with --issuer',
  )
}

/** Where a collector says things about a campaign. */
function campaignAt(url: string, cid: string): string {
  return `${url.replace(/\/$/, '')}/v2/campaigns/${cid}`
}

/** A box that still fills is not opened: two openings would tell which responses came between them. */
function whyNotYet({ state, manifest }: StoredCampaign): string | null {
  if (isClosed(state) || isDemonstration(manifest)) return null
  return 'this campaign still takes responses; close it first with "ita close"'
}

/** Reads over HTTP from a running collector. Throws a Failure when it cannot be reached or knows no such campaign. */
export async function sourceAtUrl(url: string, cid: string): Promise<SealedSource> {
  const base = campaignAt(url, cid)
  const campaign = await readCampaign(new Uint8Array(await (await ask(base)).arrayBuffer()))
  if (campaign?.manifest.cid !== cid) throw new Failure(`${url} does not answer like a collector; check the address`)
  return {
    campaign,
    boxHash: await publishedHash(base),
    responses: (privateKey) => downloadSealed(base, campaign, privateKey),
    facts: async () => ({ ...NO_FACTS, spare: await publishedSpare(base, isDemonstration(campaign.manifest)) }),
    // chosen in the log of acts, which is where the box is
    choices: async () => ({}),
    async noteRows() {
      if (isDemonstration(campaign.manifest)) return
      throw new Failure('whole rows leave where the log of acts is; open with --data, or in the survey team’s room')
    },
    instruments: (hash) => publishedInstruments(url, hash),
    end: async () => undefined,
  }
}

/** What a round asks, as its collector serves it; null where it has no such document. */
export async function publishedInstruments(url: string, hash: string): Promise<string | null> {
  const reply = await fetch(`${url.replace(/\/$/, '')}/v2/instruments/${hash}`).catch(() => null)
  return reply?.ok ? reply.text() : null
}

/** What was published beside the receipts. */
async function publishedHash(base: string): Promise<string | null> {
  const reply = await fetch(`${base}/receipts`).catch(() => null)
  const published = reply?.ok ? readReceipts(new Uint8Array(await reply.arrayBuffer())) : null
  return published?.closing.boxHash ?? null
}

/** Spare slips exchanged in each lane, as published. Not knowing is not none: groups would be taken for larger than they are. */
async function publishedSpare(base: string, isDemonstration: boolean): Promise<RoundFacts['spare']> {
  const reply = await fetch(`${base}/slips`).catch(() => null)
  const counts = reply?.ok ? readSlipCounts(new Uint8Array(await reply.arrayBuffer())) : null
  if (!counts && !isDemonstration)
    throw new Failure(
      'the published counts of slips do not answer; open through the address that serves issuer and box',
    )
  return Object.fromEntries(Object.entries(counts ?? {}).map(([lane, { spare }]) => [lane, spare]))
}

async function* downloadSealed(base: string, campaign: Campaign, privateKey: Bytes): AsyncGenerator<SealedResponse> {
  const challenge = (await (await ask(`${base}/challenge`, { method: 'POST' })).json()) as {
    challenge: string
    enc: string
    ct: string
  }
  const opener = await openerFor(campaign, privateKey, 'challenge')
  const enc = fromBase64Url(challenge.enc, SIZES.encapsulatedKey)
  const ct = fromBase64Url(challenge.ct, 32 + SIZES.tag)
  const proof = enc && ct ? await opener.open({ enc, ct }).catch(() => null) : null
  if (!proof) throw new Failure('these keys do not open this campaign; give the key files of this campaign')
  const body = JSON.stringify({ challenge: challenge.challenge, proof: toBase64Url(proof) })
  const reply = await ask(`${base}/sealed`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
  if (!reply.body) throw new Failure('the collector sent nothing; try again')
  yield* readLines(createInterface({ input: Readable.fromWeb(reply.body) }))
}

async function* readLines(lines: AsyncIterable<string>): AsyncGenerator<SealedResponse> {
  let rows = 0
  for await (const line of lines) {
    const read = readSealedLine(line)
    if (read === rows) return
    if (typeof read !== 'object') break
    rows += 1
    yield read
  }
  throw new Failure('the download of the box broke off; try again')
}

async function ask(url: string, init: RequestInit = {}): Promise<Response> {
  const reply = await fetch(url, init).catch(() => null)
  if (!reply) throw new Failure(`${url} cannot be reached; start the collector or check the address`)
  if (reply.status === 403)
    throw new Failure('the collector gives out the box after closing only; close the campaign first')
  if (!reply.ok) throw new Failure(`${url} answers ${reply.status}; check the address and the campaign id`)
  return reply
}
