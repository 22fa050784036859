import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type KeyShareFile, splitKey, wrapShare } from '#protocol/key-share'
import type { RoundView } from '#protocol/office'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { saveFile } from '../save-file.ts'
import { useOnce } from '../use-once.ts'
import { digestOf, HolderForm } from './holder-form.tsx'
import { KeySheet } from './key-sheet.tsx'
import { HOLDERS } from './plan.ts'
import { Rehearsal } from './rehearsal.tsx'
import { StepHeading } from './step-heading.tsx'
import { useLeaveWarning } from './use-leave-warning.ts'

/** Holders as they are called in, the first one 1: the same number is in their file. */
const PLACES = Array.from({ length: HOLDERS.shares }, (_, at) => at + 1)

interface CeremonyProps {
  readonly round: RoundView
  readonly privateKey: Uint8Array<ArrayBuffer>
}

/** The key is split at once and the whole of it wiped; then each holder, alone at the screen, takes a share with a passphrase. */
export function Ceremony({ round, privateKey }: CeremonyProps) {
  const { t } = useTranslation()
  const [shares, setShares] = useState<readonly Uint8Array[] | null>(null)
  const [files, setFiles] = useState<readonly KeyShareFile[]>([])
  /** Passphrases of the holders before, as digests: two holders must not choose one. */
  const [taken, setTaken] = useState<readonly string[]>([])
  const [kept, setKept] = useState(true)
  useLeaveWarning(files.length < HOLDERS.shares || !kept, true)
  useEffect(() => {
    let current = true
    // a copy: under React's strict mode this runs twice, and the whole key is wiped only when the pieces are here
    void splitKey(new Uint8Array(privateKey), HOLDERS.shares, HOLDERS.threshold).then((parts) => {
      if (!current) return
      setShares(parts)
      privateKey.fill(0)
    })
    return () => {
      current = false
    }
  }, [privateKey])
  const choose = useOnce(async (passphrase: string) => {
    const index = files.length + 1
    const share = shares?.[index - 1]
    if (!share) return
    const file = await wrapShare(share, { cid: round.cid, ...HOLDERS, index }, passphrase)
    const digest = await digestOf(passphrase)
    share.fill(0)
    setTaken((before) => [...before, digest])
    setFiles((before) => [...before, file])
    setKept(false)
  })
  if (!shares) return <Notice live>{t('ceremony.splitting')}</Notice>
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
  const save = () => {
    saveFile(
      `key-${round.checkNumber.replace(' ', '')}-${index}.json`,
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
        <Button id="save-key" onClick={save}>
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
