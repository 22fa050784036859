import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Evidence, readEvidence } from '#protocol/evidence'
import { bytesOfLatin1 } from '#protocol/qr'
import { filmQrs } from '#questions/camera.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'

interface DeskProps {
  readonly place: 'first' | 'second'
  /** What this phone holds, to be one of the two. */
  readonly held: readonly Evidence[]
  readonly onEvidence: (evidence: Evidence) => void
}

type Trouble = 'unreadable' | 'noCamera'

/** The ways to read one piece of evidence: camera, pasted text, a file, what this phone holds. */
export function EvidenceDesk({ place, held, onEvidence }: DeskProps) {
  const { t } = useTranslation('witness')
  const [filming, setFilming] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const take = (text: string) => {
    const evidence = readEvidence(text)
    if (evidence) onEvidence(evidence)
    else setTrouble('unreadable')
  }
  return (
    <section className="witness-desk" data-desk={place}>
      <h2>{t(`desk.${place}`)}</h2>
      <p className="help">{t('desk.what')}</p>
      {filming ? (
        <Camera
          onEvidence={onEvidence}
          onStop={(why) => {
            setFilming(false)
            setTrouble(why)
          }}
        />
      ) : (
        <Button id="witness-scan" onClick={() => setFilming(true)}>
          {t('desk.scan')}
        </Button>
      )}
      {held.map((mine) => (
        <Button key={mine.cid} kind="secondary" id="witness-phone" onClick={() => onEvidence(mine)}>
          {t('desk.phone')}
        </Button>
      ))}
      <KeyFile onText={take} />
      <Paste onText={take} />
      {trouble && (
        <Notice kind="warning" live>
          <span data-trouble={trouble}>{t(`desk.${trouble}`)}</span>
        </Notice>
      )}
    </section>
  )
}

function Paste({ onText }: { onText: (text: string) => void }) {
  const { t } = useTranslation('witness')
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const text = new FormData(event.currentTarget).get('evidence')
    onText(typeof text === 'string' ? text : '')
  }
  return (
    <form onSubmit={send} className="witness-paste">
      <label className="field">
        <span>{t('desk.paste')}</span>
        <textarea name="evidence" rows={2} lang="en" autoComplete="off" spellCheck={false} />
      </label>
      <button type="submit" className="button secondary">
        {t('desk.read')}
      </button>
    </form>
  )
}

function KeyFile({ onText }: { onText: (text: string) => void }) {
  const { t } = useTranslation('witness')
  return (
    <label className="button secondary file">
      {t('desk.file')}
      <input
        type="file"
        name="key-file"
        accept=".json,application/json"
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file) void file.text().then(onText, () => onText(''))
          // the same file may be chosen again
          event.target.value = ''
        }}
      />
    </label>
  )
}

interface CameraProps {
  readonly onEvidence: (evidence: Evidence) => void
  readonly onStop: (trouble: Trouble | null) => void
}

/** Films until something about a round is seen; other QR codes are passed over. */
function Camera({ onEvidence, onStop }: CameraProps) {
  const { t } = useTranslation('witness')
  const video = useRef<HTMLVideoElement>(null)
  const told = useRef({ onEvidence, onStop })
  told.current = { onEvidence, onStop }
  useEffect(() => {
    const life = { over: false }
    const film = async (player: HTMLVideoElement) => {
      const had = await filmQrs(player, life, async (text) => {
        const evidence = readEvidence(new TextDecoder().decode(bytesOfLatin1(text)))
        if (!evidence || life.over) return false
        told.current.onEvidence(evidence)
        return true
      })
      if (!had && !life.over) told.current.onStop('noCamera')
    }
    if (video.current) void film(video.current)
    return () => {
      life.over = true
    }
  }, [])
  return (
    <>
      <video ref={video} className="camera" muted playsInline />
      <Button kind="quiet" id="witness-stop" onClick={() => onStop(null)}>
        {t('desk.stop')}
      </Button>
    </>
  )
}
