import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type KeyShareFile, keyRoundOf } from '#protocol/key-file'
import { commitmentsTo, splitKey, wrapShare } from '#protocol/key-share'
import type { Campaign } from '#protocol/manifest'
import type { RoundView } from '#protocol/office'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { numberInName } from '../asking/rounds.ts'
import { saveFile } from '../asking/save-file.ts'
import { useLeaveWarning } from '../asking/use-leave-warning.ts'
import { useOnce } from '../asking/use-once.ts'
import { digestOf, HolderForm } from './holder-form.tsx'
import { HOLDERS } from './holders.ts'
import { KeySheet } from './key-sheet.tsx'
import { Rehearsal } from './rehearsal.tsx'
import { StepHeading } from './step-heading.tsx'

/** Holders as they are called in, the first one 1: the same number is in their file. */
const PLACES = Array.from({ length: HOLDERS.shares }, (_, at) => at + 1)

interface CeremonyProps {
  readonly round: RoundView
  /** The round's manifest as this browser read and checked it: files and sheets are made of it. */
  readonly campaign: Campaign
  readonly privateKey: Uint8Array<ArrayBuffer>
}

/** The pieces of the key, and what every holder's file says of all of them. */
interface Pieces {
  readonly shares: readonly Uint8Array[]
  readonly commitments: readonly string[]
}

/** The key is split at once and the whole of it wiped; then each holder, alone at the screen, takes a share with a passphrase. */
export function Ceremony({ round, campaign, privateKey }: CeremonyProps) {
  const { t } = useTranslation()
  const [pieces, setPieces] = useState<Pieces | null>(null)
  const [files, setFiles] = useState<readonly KeyShareFile[]>([])
  /** Passphrases of the holders before, as digests: two holders must not choose one. */
  const [taken, setTaken] = useState<readonly string[]>([])
  const [kept, setKept] = useState(true)
  useLeaveWarning(files.length < HOLDERS.shares || !kept, true)
  useEffect(() => {
    let current = true
    // a copy: under React's strict mode this runs twice, and the whole key is wiped only when the pieces are here
    void piecesOf(new Uint8Array(privateKey)).then((made) => {
      if (!current) return
      setPieces(made)
      privateKey.fill(0)
    })
    return () => {
      current = false
    }
  }, [privateKey])
  const choose = useOnce(async (passphrase: string) => {
    const index = files.length + 1
    const share = pieces?.shares[index - 1]
    if (!pieces || !share) return
    const place = { ...keyRoundOf(campaign), ...HOLDERS, index, commitments: pieces.commitments }
    const file = await wrapShare(share, place, passphrase)
    const digest = await digestOf(passphrase)
    share.fill(0)
    setTaken((before) => [...before, digest])
    setFiles((before) => [...before, file])
    setKept(false)
  })
  if (!pieces) return <Notice live>{t('ceremony.splitting')}</Notice>
  const index = files.length + (kept ? 1 : 0)
  const current = files[files.length - 1]
  if (files.length === HOLDERS.shares && kept) return <Rehearsal round={round} />
  return (
    <>
      <p className="lead">{t('ceremony.lead', HOLDERS)}</p>
      <ol className="steps" aria-label={t('ceremony.title')}>
        {PLACES.map((place) => (
          <li key={place} aria-current={place === index ? 'step' : undefined}>
            {t('ceremony.holder', { index: place })}
          </li>
        ))}
        <li>{t('ceremony.rehearse')}</li>
      </ol>
      {kept || !current ? (
        <HolderForm key={index} index={index} taken={taken} onChosen={choose} />
      ) : (
        <KeepShare round={round} file={current} onKept={() => setKept(true)} />
      )}
    </>
  )
}

async function piecesOf(privateKey: Uint8Array<ArrayBuffer>): Promise<Pieces> {
  const shares = await splitKey(privateKey, HOLDERS.shares, HOLDERS.threshold)
  return { shares, commitments: await commitmentsTo(shares) }
}

interface KeepShareProps {
  readonly round: RoundView
  readonly file: KeyShareFile
  readonly onKept: () => void
}

/** A holder's file and sheet: the next holder comes only when the file was saved. */
function KeepShare({ round, file, onKept }: KeepShareProps) {
  const { t } = useTranslation()
  const [saved, setSaved] = useState(false)
  const { index } = file
  const save = async () => {
    saveFile(
      `key-${await numberInName(round)}-${index}.json`,
      [`${JSON.stringify(file, null, 2)}\n`],
      'application/json',
    )
    setSaved(true)
  }
  return (
    <>
      <StepHeading>{t('ceremony.keepTitle', { index })}</StepHeading>
      <p>{t('ceremony.keepText')}</p>
      <div className="row">
        <Button id="save-key" onClick={() => void save()}>
          {t('ceremony.save')}
        </Button>
        <Button kind="secondary" onClick={() => window.print()}>
          {t('ceremony.print')}
        </Button>
      </div>
      <div className="row">
        <Button id="kept" kind="secondary" blocked={!saved} describedBy="kept-help" onClick={onKept}>
          {t('ceremony.kept')}
        </Button>
      </div>
      <p className="help" id="kept-help">
        {saved ? t('ceremony.keptHelp') : t('ceremony.notSaved')}
      </p>
      <KeySheet round={round} share={file} />
    </>
  )
}
