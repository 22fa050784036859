import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fromBase64Url, toBase64Url, utf8 } from '#protocol/bytes'
import { joinKey } from '#protocol/key-share'
import { type Campaign, readCampaign } from '#protocol/manifest'
import type { RoundView } from '#protocol/office'
import { makeOpener, unpad } from '#protocol/sealed-box'
import { SIZES } from '#protocol/sizes'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { type Answer, post, type Refused } from '../ask.ts'
import { useOffice } from '../office-context.ts'
import { type HeldShare, HeldShares, ShareDesk, wipe } from '../opening/share-desk.tsx'
import { RefusalNotice } from '../refusal-notice.tsx'
import { StepHeading } from './step-heading.tsx'

interface Canary {
  readonly canary: string
  readonly enc: string
  readonly ct: string
}

/**
 * Every pair of holders opens a canary with the files they saved and the passphrases they remember, before anybody
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
    for (const pair of pairsOf(shares)) {
      if (!current.unrehearsed.includes(pair.map(({ file }) => file.index).join('+'))) continue
      const answer = await openCanary(current, pair)
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
    const answer = await withProof(() => post<{ round: RoundView }>(`/rounds/${round.cid}/begin`))
    setRefused('refused' in answer ? answer : null)
    if ('value' in answer) go({ at: 'round', cid: round.cid, part: 'sheets' })
  }
  return (
    <section data-rehearsal={round.unrehearsed.length}>
      <StepHeading>{t('rehearsal.title')}</StepHeading>
      <p>{t('rehearsal.text')}</p>
      <HeldShares held={held} />
      {!done && <ShareDesk cid={round.cid} held={held} onShare={add} />}
      {done ? (
        <Notice kind="good" live>
          {t('rehearsal.done')}
        </Notice>
      ) : (
        <p aria-live="polite">{t('rehearsal.left', { sets: round.unrehearsed.join(', ') })}</p>
      )}
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

/** Every two of them, the lower number first. */
function pairsOf(shares: readonly HeldShare[]): HeldShare[][] {
  const sorted = [...shares].sort((a, b) => a.file.index - b.file.index)
  return sorted.flatMap((one, at) => sorted.slice(at + 1).map((other) => [one, other]))
}

async function openCanary(round: RoundView, pair: readonly HeldShare[]): Promise<Answer<{ round: RoundView }>> {
  const shares = pair.map(({ file }) => file.index)
  const asked = await post<Canary>(`/rounds/${round.cid}/canary`, { shares })
  if ('refused' in asked) return asked
  const campaign = await readCampaign(utf8(round.manifest))
  const content = campaign && (await contentOf(campaign, pair, asked.value))
  if (!content) return { refused: 'act-refused', detail: 'canary' }
  return post(`/rounds/${round.cid}/rehearsed`, { shares, canary: asked.value.canary, content: toBase64Url(content) })
}

async function contentOf(
  campaign: Campaign,
  pair: readonly HeldShare[],
  { enc, ct }: Canary,
): Promise<Uint8Array | null> {
  const { cid, mh, manifest } = campaign
  const sealed = {
    enc: fromBase64Url(enc, SIZES.encapsulatedKey),
    ct: fromBase64Url(ct, manifest.size + SIZES.tag),
  }
  if (!sealed.enc || !sealed.ct) return null
  try {
    const files = pair.map(({ file }) => file)
    const key = await joinKey(
      files,
      pair.map(({ bytes }) => bytes),
      manifest.cid,
    )
    const opener = await makeOpener(key, { cid, mh, purpose: 'challenge' })
    key.fill(0)
    return unpad(await opener.open({ enc: sealed.enc, ct: sealed.ct }))
  } catch {
    return null
  }
}
