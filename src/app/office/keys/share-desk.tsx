import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Bytes } from '#protocol/bytes'
import {
  KeyError,
  type KeyFault,
  type KeyShareFile,
  keyRoundOf,
  readKeyShareFile,
  refuseOtherRound,
} from '#protocol/key-file'
import { unwrapShare } from '#protocol/key-share'
import type { RoundView } from '#protocol/office'
import { Notice } from '#ui/notice.tsx'
import { campaignOf } from '../asking/rounds.ts'

/** One share, unwrapped: in memory, as long as the page is open. */
export interface HeldShare {
  readonly file: KeyShareFile
  readonly bytes: Bytes
}

interface ShareDeskProps {
  readonly round: RoundView
  readonly held: readonly HeldShare[]
  readonly onShare: (share: HeldShare) => Promise<void>
}

/** Key holders come one after the other: a file and a passphrase each. Wrong ones say what is wrong, and nothing is lost. */
export function ShareDesk({ round, held, onShare }: ShareDeskProps) {
  const { t } = useTranslation()
  const form = useRef<HTMLFormElement>(null)
  const [file, setFile] = useState<File | null>(null)
  const [fault, setFault] = useState<KeyFault | null>(null)
  const [busy, setBusy] = useState(false)
  const choose = (chosen: File | undefined) => {
    setFile(chosen ?? null)
    setFault(null)
  }
  const unlock = async () => {
    const passphrase = String(new FormData(form.current ?? undefined).get('passphrase') ?? '')
    if (busy) return
    setBusy(true)
    // read now, so that whoever is quick is not left without an answer
    const text = file ? await file.text().catch(() => '') : ''
    const outcome = await shareOf(text, passphrase, round, held)
    setBusy(false)
    setFault(typeof outcome === 'string' ? outcome : null)
    if (typeof outcome === 'string') return
    form.current?.reset()
    setFile(null)
    await onShare(outcome)
  }
  return (
    <div className="share-desk">
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault()
          void unlock()
        }}
      >
        <label className="button secondary file">
          {t('shares.file')}
          <input
            type="file"
            name="key"
            accept=".json,application/json"
            onChange={(event) => choose(event.target.files?.[0])}
          />
        </label>{' '}
        <span>{file?.name ?? t('shares.noFile')}</span>
        <div className="field">
          <label htmlFor="passphrase">{t('shares.passphrase')}</label>
          <input id="passphrase" name="passphrase" type="password" autoComplete="off" />
        </div>
        <button type="submit" className="button primary" aria-disabled={busy || undefined}>
          {busy ? t('shares.unlocking') : t('shares.unlock')}
        </button>
      </form>
      {fault && (
        <Notice kind="warning" live>
          <span data-fault={fault}>{t(`shares.fault.${fault}`)}</span>
        </Notice>
      )}
    </div>
  )
}

/** Overwrites what was unlocked. */
export function wipe(held: readonly HeldShare[]): void {
  for (const { bytes } of held) bytes.fill(0)
}

/** Whose keys are unlocked; stays when no more are needed. */
export function HeldShares({ held }: Pick<ShareDeskProps, 'held'>) {
  const { t } = useTranslation()
  return (
    <ul className="held" aria-live="polite">
      {held.map(({ file }) => (
        <li key={file.index} data-share={file.index}>
          {t('shares.unlocked', { index: file.index })}
        </li>
      ))}
    </ul>
  )
}

async function shareOf(
  text: string,
  passphrase: string,
  round: RoundView,
  held: readonly HeldShare[],
): Promise<HeldShare | KeyFault> {
  try {
    const file = readKeyShareFile(JSON.parse(text.replace(/^\uFEFF/, '')))
    const campaign = await campaignOf(round)
    if (!campaign) return 'other-manifest'
    refuseOtherRound(file, keyRoundOf(campaign))
    if (held.some((one) => one.file.index === file.index)) return 'same-share-twice'
    return { file, bytes: await unwrapShare(file, passphrase) }
  } catch (error) {
    return error instanceof KeyError ? error.fault : 'not-a-key-file'
  }
}
