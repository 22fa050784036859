import { type ChangeEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Device } from '#device/device'
import { makeRescue, type RescueOutcome, takeRescue } from '#device/tablet/rescue'
import { Button } from '#ui/button.tsx'
import { Disclosure } from '#ui/disclosure.tsx'
import { Notice } from '#ui/notice.tsx'
import { RescueCamera } from './rescue-camera.tsx'
import { RescuePictures } from './rescue-pictures.tsx'
import { stayAwake } from './stay-awake.ts'

interface RescueProps {
  readonly device: Device
  readonly waiting: number
  readonly onTaken: () => void
  /** Pictures are shown or filmed: nobody touches the screen meanwhile. */
  readonly onBusy: (busy: boolean) => void
}

/** The sealed queue out, as a file or as moving pictures, and another tablet's in. */
export function RescueBlock({ device, waiting, onTaken, onBusy }: RescueProps) {
  const { t } = useTranslation('counter')
  const [pictures, setPictures] = useState<'none' | 'showing' | 'filming'>('none')
  const stop = () => {
    setPictures('none')
    onBusy(false)
    onTaken()
  }
  // the officer may leave this page with the pictures still running
  useEffect(() => () => onBusy(false), [onBusy])
  const begin = (what: 'showing' | 'filming') => {
    stayAwake()
    onBusy(true)
    setPictures(what)
  }
  return (
    <div className="no-print">
      <Disclosure summary={t('panel.rescueTitle')} onClose={() => pictures !== 'none' && stop()}>
        <p>{t('panel.rescueHelp')}</p>
        {pictures === 'none' && (
          <div className="rescue">
            {waiting > 0 && <ShareQueue device={device} onPictures={() => begin('showing')} />}
            <TakeFile device={device} onTaken={onTaken} />
            <Button kind="secondary" id="rescue-film" onClick={() => begin('filming')}>
              {t('panel.camera')}
            </Button>
          </div>
        )}
        {pictures === 'showing' && <RescuePictures device={device} onStop={stop} />}
        {pictures === 'filming' && <RescueCamera device={device} onStop={stop} />}
      </Disclosure>
    </div>
  )
}

function ShareQueue({ device, onPictures }: { device: Device; onPictures: () => void }) {
  const { t } = useTranslation('counter')
  return (
    <>
      <Button kind="secondary" id="rescue-save" onClick={() => void saveFiles(device)}>
        {t('panel.rescueSave')}
      </Button>
      <Button kind="secondary" id="rescue-show" onClick={onPictures}>
        {t('panel.pictures')}
      </Button>
    </>
  )
}

const NOT_STORED = { outcome: 'not-stored' } as const

const TAKE_FAULTS = {
  'not-stored': 'panel.notStored',
  'other-campaign': 'panel.rescueOther',
  'not-a-rescue-file': 'panel.rescueNot',
} as const

function TakeFile({ device, onTaken }: { device: Device; onTaken: () => void }) {
  const { t } = useTranslation('counter')
  const [taken, setTaken] = useState<RescueOutcome | typeof NOT_STORED | null>(null)
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? []
    if (!file) return
    const bytes = new Uint8Array(await file.arrayBuffer())
    // the same file may be chosen again
    event.target.value = ''
    setTaken(await takeRescue(device, bytes).catch(() => NOT_STORED))
    onTaken()
  }
  return (
    <>
      <label className="button secondary file">
        {t('panel.rescueTake')}
        <input type="file" accept=".json,application/json" name="rescue" onChange={(event) => void take(event)} />
      </label>
      {taken && (
        <Notice live kind={taken.outcome === 'taken' ? 'good' : 'warning'}>
          <span data-rescue={taken.outcome}>
            {taken.outcome === 'taken'
              ? t('panel.rescueTaken', { added: taken.added, known: taken.known })
              : t(TAKE_FAULTS[taken.outcome])}
          </span>
        </Notice>
      )}
    </>
  )
}

async function saveFiles(device: Device): Promise<void> {
  for (const rescue of await makeRescue(device)) {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([JSON.stringify(rescue)], { type: 'application/json' }))
    link.download = `prongsai-rescue-${rescue.items.length}.json`
    link.click()
    // the browser reads the file after this turn
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  }
}
