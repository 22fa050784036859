import { checkNumber, typedCheckNumber } from '#protocol/check-number'
import { parseCode } from '#protocol/code'
import { readCampaignListing } from '#protocol/messages'
import type { Slip } from '#protocol/slip-link'
import { askCollector } from './ask-collector.ts'
import type { Device } from './device.ts'
import { knownCampaigns } from './holdings.ts'

/** What came of a code that was typed by hand. */
export type TypedSlip =
  | { readonly outcome: 'found'; readonly slip: Slip }
  | { readonly outcome: 'code-mistyped' }
  /** Not twelve digits. */
  | { readonly outcome: 'number-mistyped' }
  /** No open campaign has this check number: mistyped, or somebody shows this phone another campaign. */
  | { readonly outcome: 'no-such-number' }
  | { readonly outcome: 'not-reached' }

type Place = Pick<Slip, 'cid' | 'mh'>

/**
 * The slip behind a typed code. The check number is typed as well: comparing it is what people forget, and it says which
 * campaign is meant. Which campaign has it this phone works out itself: what the collector says of it only saves deriving
 * the numbers of all the others. Weaker than the QR, whose 128 bits nobody can match: twelve digits can be, at a price.
 */
export async function findTypedSlip(device: Device, typedCode: string, typedNumber: string): Promise<TypedSlip> {
  const code = parseCode(typedCode)
  if (!code) return { outcome: 'code-mistyped' }
  const number = typedCheckNumber(typedNumber)
  if (!number) return { outcome: 'number-mistyped' }
  // a campaign that is stored here is found without a network, like a scanned one
  const known = await placeWith(number, await knownCampaigns(device))
  if (known) return { outcome: 'found', slip: { cid: known.cid, mh: known.mh, ...code } }
  const reply = await askCollector(device, '/v2/campaigns')
  const listed = reply.reached && reply.json && reply.status === 200 ? readCampaignListing(reply.body) : null
  if (!listed) return { outcome: 'not-reached' }
  const open = await placeWith(
    number,
    listed.filter((one) => one.checkNumber === number),
  )
  return open ? { outcome: 'found', slip: { cid: open.cid, mh: open.mh, ...code } } : { outcome: 'no-such-number' }
}

async function placeWith(number: string, places: readonly Place[]): Promise<Place | undefined> {
  for (const place of places) if ((await checkNumber(place.mh)) === number) return place
  return undefined
}
