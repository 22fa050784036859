import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fromBase64Url, toBase64Url } from '#protocol/bytes'
import { KeyError, type KeyFault, keyRoundOf, shareSetName, shareSets } from '#protocol/key-file'
import { joinKey } from '#protocol/key-share'
import { type Campaign, keySharesOf } from '#protocol/manifest'
import type { RoundView } from '#protocol/office'
import { belongsTogether, openerFor, unpad } from '#protocol/sealed-box'
import { SIZES } from '#protocol/sizes'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { type Answer, ask, type Refused } from '../asking/ask.ts'
import { useOffice } from '../asking/office-context.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { campaignOf, manifestOf } from '../asking/rounds.ts'
import { type HeldShare, HeldShares, ShareDesk, wipe } from './share-desk.tsx'
import { StepHeading } from './step-heading.tsx'
import { WitnessStep } from './witness-step.tsx'

interface Canary {
  readonly canary: string
  readonly enc: string
  readonly ct: string
}

/**
 * Every set of holders that should open the box opens two canaries, one that the collector sealed and one that this browser
 * sealed to the manifest's key, with the files they saved and the passphrases they remember, before anybody
 * answers: a key that opens nothing is found today, not after the round.
 */
export function Rehearsal({ round: first }: { round: RoundView }) {
  const { t } = useTranslation()
  const { withProof, go } = useOffice()
  const [round, setRound] = useState(first)
  const [held, setHeld] = useState<readonly HeldShare[]>([])
  const [refused, setRefused] = useState<Refused | null>(null)
  const done = round.unrehearsed.length === 0
  useEffect(() => {
    // what was unlocked is the whole key by now: wiped as soon as it is not needed, and when the page is left
    if (done) wipe(held)
    return () => wipe(held)
  }, [done, held])
  const tryPairs = async (shares: readonly HeldShare[], from: RoundView) => {
    let current = from
    setRefused(null)
    for (const set of setsOf(shares, from)) {
      if (!current.unrehearsed.includes(shareSetName(set.map(({ file }) => file.index)))) continue
      const answer = await openCanary(current, set)
      if ('refused' in answer) setRefused(answer)
      else current = answer.value.round
    }
    setRound(current)
  }
  const add = async (share: HeldShare) => {
    const all = [...held, share]
    await tryPairs(all, round)
    // copies: those before are wiped as they go
    setHeld(all.map((one) => ({ ...one, bytes: new Uint8Array(one.bytes) })))
    share.bytes.fill(0)
  }
  const begin = async () => {
    const answer = await withProof(() => ask('POST /rounds/:cid/begin', { cid: round.cid }))
    setRefused('refused' in answer ? answer : null)
    if ('value' in answer) go({ at: 'round', cid: round.cid, part: 'sheets' })
  }
  return (
    <section data-rehearsal={round.unrehearsed.length}>
      <StepHeading>{t('rehearsal.title')}</StepHeading>
      <p>{t('rehearsal.text')}</p>
      <HeldShares held={held} />
      {!done && <ShareDesk round={round} held={held} onShare={add} />}
      {done ? (
        <Notice kind="good" live>
          {t('rehearsal.done')}
        </Notice>
      ) : (
        <p aria-live="polite">{t('rehearsal.left', { sets: round.unrehearsed.join(', ') })}</p>
      )}
      {done && <WitnessStep round={round} when="ceremony" />}
      <RefusalNotice refused={refused} />
      {!done && refused && (
        <Button kind="secondary" onClick={() => void tryPairs(held, round)}>
          {t('rehearsal.again')}
        </Button>
      )}
      <div className="row">
        <Button id="begin-round" blocked={!done} describedBy="begin-help" onClick={() => void begin()}>
          {t('rehearsal.begin')}
        </Button>
      </div>
      <p className="help" id="begin-help">
        {t('rehearsal.beginHelp')}
      </p>
    </section>
  )
}

/** Every smallest set that opens the box, of those who are here. */
function setsOf(held: readonly HeldShare[], round: RoundView): HeldShare[][] {
  const sets = shareSets(keySharesOf(manifestOf(round)))
  return sets
    .map((set) => set.flatMap((index) => held.find(({ file }) => file.index === index) ?? []))
    .filter((set, at) => set.length === sets[at]?.length)
}

async function openCanary(round: RoundView, set: readonly HeldShare[]): Promise<Answer<{ round: RoundView }>> {
  const shares = set.map(({ file }) => file.index)
  const asked = await ask('POST /rounds/:cid/canary', { cid: round.cid, body: { shares } })
  if ('refused' in asked) return asked
  const campaign = await campaignOf(round)
  const content = campaign ? await contentOf(campaign, set, asked.value) : null
  if (typeof content === 'string') return { refused: 'act-refused', detail: content }
  if (!content) return { refused: 'act-refused', detail: 'canary' }
  return ask('POST /rounds/:cid/rehearsed', {
    cid: round.cid,
    body: { shares, canary: asked.value.canary, content: toBase64Url(content) },
  })
}

/** What the collector's canary says, once this browser's own canary opened; or which fault of a key was found. */
async function contentOf(
  campaign: Campaign,
  set: readonly HeldShare[],
  { enc, ct }: Canary,
): Promise<Uint8Array | KeyFault | null> {
  const { manifest } = campaign
  const sealed = {
    enc: fromBase64Url(enc, SIZES.encapsulatedKey),
    ct: fromBase64Url(ct, manifest.size + SIZES.tag),
  }
  if (!sealed.enc || !sealed.ct) return null
  try {
    const files = set.map(({ file }) => file)
    const bytes = set.map((share) => share.bytes)
    const key = await joinKey(files, bytes, keyRoundOf(campaign))
    // sealed here, to the key that phones will seal to: the collector's own canary proves nothing about that
    if (!(await belongsTogether(key, manifest.boxKey))) return 'other-key'
    const opener = await openerFor(campaign, key, 'challenge')
    key.fill(0)
    return unpad(await opener.open({ enc: sealed.enc, ct: sealed.ct }))
  } catch (error) {
    return error instanceof KeyError ? error.fault : null
  }
}
