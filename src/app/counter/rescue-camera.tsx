import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Device } from '#device/device'
import { takeItems } from '#device/tablet/rescue'
import { bytesOfLatin1 } from '#protocol/qr'
import { FrameReader } from '#protocol/rescue-frames'
import { filmQrs } from '#questions/camera.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'

interface CameraProps {
  readonly device: Device
  readonly onStop: () => void
}

interface Progress {
  readonly got: number
  readonly of: number
  readonly added: number
}

/** Films another tablet's moving pictures. Each response is stored as soon as it came through whole: stopping loses none of them. */
export function RescueCamera({ device, onStop }: CameraProps) {
  const { t } = useTranslation('counter')
  const video = useRef<HTMLVideoElement>(null)
  const [progress, setProgress] = useState<Progress>({ got: 0, of: 0, added: 0 })
  const [trouble, setTrouble] = useState<'noCamera' | 'notStored' | null>(null)
  useEffect(() => {
    const life = { over: false }
    video.current?.scrollIntoView({ block: 'center' })
    if (video.current) void film(video.current, device, life, setProgress).then(setTrouble)
    return () => {
      life.over = true
    }
  }, [device])
  const { got, of, added } = progress
  const complete = of > 0 && got >= of
  return (
    <div data-rescue={complete ? 'filmed' : 'filming'}>
      {!complete && <p>{t('panel.cameraHelp')}</p>}
      <video ref={video} className="camera" muted playsInline hidden={complete || trouble !== null} />
      <Notice live kind={complete ? 'good' : trouble ? 'warning' : 'calm'}>
        {trouble ? t(`panel.${trouble}`) : t(complete ? 'panel.cameraDone' : 'panel.cameraProgress', { got, of })}
        {complete && ` ${t('panel.rescueTaken', { added, known: got - added })}`}
      </Notice>
      <Button kind="secondary" id="camera-stop" onClick={onStop}>
        {t(complete ? 'panel.cameraClose' : 'panel.picturesStop')}
      </Button>
    </div>
  )
}

/** Films until all came through or nobody looks any more. Answers what stopped it, null when nothing did. */
async function film(
  player: HTMLVideoElement,
  device: Device,
  life: { readonly over: boolean },
  report: (progress: Progress) => void,
): Promise<'noCamera' | 'notStored' | null> {
  const reader = new FrameReader()
  let added = 0
  try {
    const filmed = await filmQrs(player, life, async (text) => {
      const whole = await reader.add(bytesOfLatin1(text))
      const taken = whole && (await takeItems(device, whole.cid, [whole.item]))
      if (taken?.outcome === 'taken') added += taken.added
      report({ ...reader.progress, added })
      return reader.isComplete
    })
    return filmed ? null : 'noCamera'
  } catch {
    return 'notStored'
  }
}
