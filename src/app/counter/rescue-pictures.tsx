import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Device } from '#device/device'
import { makeRescue } from '#device/tablet/rescue'
import { modulesOfBytes } from '#protocol/qr'
import { FRAME_QR_VERSION, framesOf } from '#protocol/rescue-frames'
import { shuffled } from '#protocol/shuffled'
import { Button } from '#ui/button.tsx'
import { QrPicture } from '#ui/qr-picture.tsx'

/** Six pictures a second: an old tablet's camera still catches nearly each one. */
const PICTURE_MS = 160

/** All that waits here as moving pictures, round after round, until somebody stops it. */
export function RescuePictures({ device, onStop }: { device: Device; onStop: () => void }) {
  const { t } = useTranslation('counter')
  const [modules, setModules] = useState<boolean[][] | null>(null)
  useEffect(() => {
    let frames: Uint8Array[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    let over = false
    const showNext = async () => {
      // another order each round, so that a camera does not miss the same ones again; and what was delivered meanwhile is left out
      if (frames.length === 0) frames = await nextRound(device).catch(() => [])
      const frame = frames.pop()
      if (over) return
      if (frame) setModules(modulesOfBytes(frame, FRAME_QR_VERSION))
      timer = setTimeout(() => void showNext(), frame ? PICTURE_MS : 1000)
    }
    void showNext()
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [device])
  return (
    <div data-rescue="showing">
      <p>{t('panel.picturesHelp')}</p>
      {modules && <QrPicture modules={modules} label={t('panel.pictures')} inView />}
      <Button kind="secondary" id="pictures-stop" onClick={onStop}>
        {t('panel.picturesStop')}
      </Button>
    </div>
  )
}

async function nextRound(device: Device): Promise<Uint8Array[]> {
  const rescues = await makeRescue(device)
  const frames = await framesOf(rescues.flatMap(({ cid, items }) => items.map((item) => ({ cid, item }))))
  return shuffled(frames, (bound) => Math.floor(device.random.fraction() * bound))
}
