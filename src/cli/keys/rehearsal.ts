import type { StoredCampaign } from '#collector/campaigns/campaign-register'
import type { Installation } from '#collector/installation/data-folder'
import { rehearse } from '#collector/rounds/campaign-life'
import type { Bytes } from '#protocol/bytes'
import { KeyError, type KeyShareFile, keyRoundOf } from '#protocol/key-file'
import { joinKey } from '#protocol/key-share'
import { keySharesOf } from '#protocol/manifest'
import { belongsTogether, openerFor } from '#protocol/sealed-box'
import { Failure } from '../installation/failure.ts'
import { administrator } from '../installation/installation.ts'
import { failureOf, namesOf, readKeyFile, refuseForeign, unwrapFile } from './key-files.ts'

interface HeldShare {
  readonly file: string
  readonly share: KeyShareFile
  readonly bytes: Bytes
}

/**
 * Seals a canary for every pair of the given keys (every smallest set that opens the box) and opens it with them.
 * Answers the pairs. Throws a Failure that names the file that is off.
 */
export async function rehearseKeys(
  here: Installation,
  campaign: StoredCampaign,
  files: readonly string[],
): Promise<string[]> {
  const held: HeldShare[] = []
  for (const file of files) {
    const share = readKeyFile(file)
    refuseForeign(file, share, keyRoundOf(campaign))
    if (held.some((one) => one.share.index === share.index)) throw failureOf('same-share-twice', file)
    held.push({ file, share, bytes: await unwrapFile(file, share) })
  }
  const { threshold } = keySharesOf(campaign.manifest)
  const sets = setsOf(held, threshold)
  if (sets.length === 0) throw new Failure(`${threshold} keys open this box; give at least ${threshold} with --key`)
  const done: string[] = []
  for (const set of sets) done.push(await rehearseSet(here, campaign, set))
  return done
}

async function rehearseSet(here: Installation, campaign: StoredCampaign, set: readonly HeldShare[]): Promise<string> {
  const { manifest } = campaign
  const indexes = set.map(({ share }) => share.index)
  const names = set.map(({ file }) => file).join(', ')
  try {
    const shares = set.map(({ share }) => share)
    const key = await joinKey(
      shares,
      set.map(({ bytes }) => bytes),
      keyRoundOf(campaign),
    )
    if (!(await belongsTogether(key, manifest.boxKey))) throw new KeyError('other-key')
    const opener = await openerFor(campaign, key)
    await rehearse(here, campaign, indexes, (sealed) => opener.open(sealed), administrator())
  } catch (error) {
    if (error instanceof KeyError)
      throw failureOf(
        error.fault,
        namesOf(
          error,
          set.map(({ file, share }) => [file, share]),
        ),
      )
    // HPKE could not open: anything else, a locked database say, must not make anybody throw good keys away
    if (error instanceof Error && /^(Open|Deserialize|Decap)Error$/.test(error.name))
      throw new Failure(`${names}: these shares do not open the box; make the campaign again with a new key ceremony`)
    throw error
  }
  return indexes.join('+')
}

function setsOf<T>(all: readonly T[], size: number): T[][] {
  if (size === 0) return [[]]
  return all.flatMap((first, index) => setsOf(all.slice(index + 1), size - 1).map((rest) => [first, ...rest]))
}
