import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keyRoundOf, shareSetName } from '#protocol/key-file'
import { joinKey } from '#protocol/key-share'
import type { Lane } from '#protocol/lane'
import { isDemonstration, keySharesOf } from '#protocol/manifest'
import type { RoundView } from '#protocol/office'
import { randomBelow } from '#protocol/random-below'
import { belongsTogether } from '#protocol/sealed-box'
import { Notice } from '#ui/notice.tsx'
import { ask, type Refused } from '../asking/ask.ts'
import { useOffice } from '../asking/office-context.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { campaignOf, manifestOf } from '../asking/rounds.ts'
import { type HeldShare, HeldShares, ShareDesk, wipe } from '../keys/share-desk.tsx'
import type { BoxOpening } from '../opening/box-opening.ts'

interface WholeRowsProps {
  readonly round: RoundView
  readonly box: BoxOpening
  readonly confirmed: boolean
  readonly onConfirmed: () => void
}

/**
 * Before whole rows are saved: what somebody could find in them, measured on these very rows, and the word of as many key
 * holders as open the box, each with their file and passphrase again.
 */
export function WholeRows({ round, box, confirmed, onConfirmed }: WholeRowsProps) {
  const { t } = useTranslation()
  const { withProof } = useOffice()
  const [held, setHeld] = useState<readonly HeldShare[]>([])
  const [refused, setRefused] = useState<Refused | null>(null)
  const alone = useMemo(() => Object.entries(box.opening.singledOut(randomBelow)) as [Lane, number][], [box])
  const manifest = manifestOf(round)
  const { threshold } = keySharesOf(manifest)
  const add = async (share: HeldShare) => {
    const all = [...held, share]
    setHeld(all)
    if (all.length < threshold) return
    const shares = all.map(({ file }) => file.index)
    if (!(await openTheBox(round, all))) {
      wipe(all)
      setHeld([])
      setRefused({ refused: 'keys-do-not-open' })
      return
    }
    const noted = await withProof(() => ask('POST /rounds/:cid/rows-confirmed', { cid: round.cid, body: { shares } }))
    wipe(all)
    setHeld([])
    setRefused('refused' in noted ? noted : null)
    if ('value' in noted) onConfirmed()
  }
  return (
    <section
      className="no-print"
      data-whole-rows={confirmed ? 'confirmed' : shareSetName(held.map(({ file }) => file.index))}
    >
      <h3>{t('wholeRows.title')}</h3>
      <Notice kind="warning">
        <p>{t('wholeRows.risk')}</p>
        <ul>
          {alone.map(([lane, share]) => (
            <li key={lane} data-alone={`${lane}-${share}`}>
              {t('wholeRows.alone', { lane: t(`lane.${lane}`), share })}
            </li>
          ))}
        </ul>
      </Notice>
      <p>{t('wholeRows.rules')}</p>
      {!confirmed && !isDemonstration(manifest) && (
        <>
          <p>{t('wholeRows.confirm', { count: threshold })}</p>
          <HeldShares held={held} />
          <ShareDesk round={round} held={held} onShare={add} />
        </>
      )}
      <RefusalNotice refused={refused} />
    </section>
  )
}

/** Whether these shares, together, are the key of this round's box: any file can say which round it is of. */
async function openTheBox(round: RoundView, held: readonly HeldShare[]): Promise<boolean> {
  const campaign = await campaignOf(round)
  if (!campaign) return false
  const files = held.map(({ file }) => file)
  const bytes = held.map((share) => share.bytes)
  const key = await joinKey(files, bytes, keyRoundOf(campaign)).catch(() => null)
  if (!key) return false
  const copy = new Uint8Array(key)
  const opens = await belongsTogether(copy, campaign.manifest.boxKey)
  copy.fill(0)
  return opens
}
