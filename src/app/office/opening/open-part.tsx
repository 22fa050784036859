import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyError, keyRoundOf } from '#protocol/key-file'
import { joinKey } from '#protocol/key-share'
import { type Campaign, keySharesOf } from '#protocol/manifest'
import { may } from '#protocol/office'
import { belongsTogether } from '#protocol/sealed-box'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import type { Answer, Refused } from '../asking/ask.ts'
import { useOffice } from '../asking/office-context.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import type { PartProps } from '../asking/rounds.ts'
import { campaignOf, manifestOf } from '../asking/rounds.ts'
import { useOnce } from '../asking/use-once.ts'
import { type HeldShare, HeldShares, ShareDesk, wipe } from '../keys/share-desk.tsx'
import { loadOit } from '../oit/oit-paper.ts'
import { KeptResults } from '../results/kept-results.tsx'
import { OpenedResults } from '../results/opened-results.tsx'
import { readyWriter } from '../results/write-in-worker.ts'
import { BoxOpening } from './box-opening.ts'
import { fetchBox } from './fetch-box.ts'
import { chunksOf } from './line-batches.ts'
import { OpeningProgress } from './opening-progress.tsx'
import { useOpening } from './use-opening.ts'

/** Opening a closed round with the key holders' shares, and everything that comes of it. */
export function OpenPart({ round, onRound }: PartProps) {
  const { t } = useTranslation()
  const { me, openings } = useOffice()
  const [box, setBox] = useState(() => openings.get(round.cid) ?? null)
  const status = useOpening(box)
  const begun = useCallback(
    (next: BoxOpening | null) => {
      openings.get(round.cid)?.forget()
      if (next) openings.set(round.cid, next)
      else openings.delete(round.cid)
      setBox(next)
    },
    [openings, round.cid],
  )
  const isDemonstration = keySharesOf(manifestOf(round)).threshold < 2
  const isClosed = round.state === 'answers-closed' || round.state === 'opened'
  if (box && status?.at === 'done')
    return <OpenedResults round={round} box={box} onRound={onRound} onForget={() => begun(null)} />
  if (box && status) return <OpeningProgress box={box} status={status} onAgain={() => begun(null)} />
  const mayOpen = may(me, 'open') && (isClosed || isDemonstration)
  return (
    <>
      <KeptResults round={round} />
      {mayOpen && <OpenDesk round={round} onOpening={begun} />}
      {!mayOpen && !isClosed && <Notice>{t('open.notClosed')}</Notice>}
    </>
  )
}

interface OpenDeskProps {
  readonly round: PartProps['round']
  readonly onOpening: (box: BoxOpening) => void
}

/** Two holders, each with a file and a passphrase; then the box is fetched and opened. */
function OpenDesk({ round, onOpening }: OpenDeskProps) {
  const { t } = useTranslation()
  const { withProof } = useOffice()
  const [held, setHeld] = useState<readonly HeldShare[]>([])
  const [refused, setRefused] = useState<Refused | null>(null)
  const [busy, setBusy] = useState(false)
  const { threshold } = keySharesOf(manifestOf(round))
  const open = useOnce(async () => {
    setBusy(true)
    const answer = await withProof(() => openBox(round, held))
    setBusy(false)
    setRefused('refused' in answer ? answer : null)
    if (!('value' in answer)) return
    wipe(held)
    onOpening(answer.value)
  })
  const enough = held.length >= threshold
  return (
    <section data-open-desk={held.length}>
      <h2>{t('open.title')}</h2>
      <p>{t('open.text', { threshold })}</p>
      <HeldShares held={held} />
      {!enough && <ShareDesk round={round} held={held} onShare={async (share) => setHeld([...held, share])} />}
      {enough && <p aria-live="polite">{t('open.enough', { count: held.length })}</p>}
      <div className="row">
        <Button id="open-box" blocked={!enough || busy} describedBy="open-help" onClick={() => void open()}>
          {busy ? t('open.asking') : t('open.open')}
        </Button>
        {held.length > 0 && (
          <Button
            kind="quiet"
            onClick={() => {
              wipe(held)
              setHeld([])
            }}
          >
            {t('open.startOver')}
          </Button>
        )}
      </div>
      <p className="help" id="open-help">
        {t('open.help')}
      </p>
      <RefusalNotice refused={refused} />
    </section>
  )
}

async function openBox(round: PartProps['round'], held: readonly HeldShare[]): Promise<Answer<BoxOpening>> {
  const campaign = await campaignOf(round)
  if (!campaign) return { refused: 'not-ours' }
  const files = held.map(({ file }) => file)
  const bytes = held.map((share) => share.bytes)
  // a copy: with one share the key is the share itself, and that is needed again after a refusal
  const key = await joinKey(files, bytes, keyRoundOf(campaign)).then(
    (joined) => new Uint8Array(joined),
    (error: unknown) => (error instanceof KeyError ? error : null),
  )
  // says whose share is off: a holder must not be able to spoil an opening unseen
  if (key instanceof KeyError) return { refused: `share-${key.fault}`, detail: String(key.index ?? '') }
  if (!key) return { refused: 'keys-do-not-open' }
  try {
    return await fetchAndOpen(round, campaign, key)
  } finally {
    // each worker has a copy of its own
    key.fill(0)
  }
}

async function fetchAndOpen(
  round: PartProps['round'],
  campaign: Campaign,
  key: Uint8Array<ArrayBuffer>,
): Promise<Answer<BoxOpening>> {
  if (!(await belongsTogether(key, campaign.manifest.boxKey))) return { refused: 'keys-do-not-open' }
  const oit = await loadOit(round.cid)
  const download = new AbortController()
  const answer = await fetchBox(campaign, key, download.signal)
  if ('refused' in answer) return answer
  const ticks = 'value' in oit ? oit.value.ticks : null
  const box = new BoxOpening(campaign, round, ticks, () => download.abort())
  readyWriter()
  void box.run(round.manifest, key, chunksOf(answer.value))
  return { value: box }
}
