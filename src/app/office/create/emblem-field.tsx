import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toBase64Url } from '#protocol/bytes'
import { pictureOf } from '#questions/kept-emblem.ts'
import { Button } from '#ui/button.tsx'
import { type EmblemFault, redrawEmblem } from './redraw-emblem.ts'

interface EmblemFieldProps {
  /** The PNG, base64url; '' for none. */
  readonly value: string
  readonly onChange: (png: string) => void
}

/** The department's emblem, as small as screens and slips need it. */
export function EmblemField({ value, onChange }: EmblemFieldProps) {
  const { t } = useTranslation()
  const [fault, setFault] = useState<EmblemFault | null>(null)
  const take = async (file: File) => {
    const png = await redrawEmblem(file)
    setFault(typeof png === 'string' ? png : null)
    if (typeof png !== 'string') onChange(toBase64Url(png))
  }
  return (
    <div className="field">
      <label htmlFor="emblem">{t('create.emblem')}</label>
      <span className="help" id="emblem-help">
        {t('create.emblemHelp')}
      </span>
      <input
        id="emblem"
        type="file"
        aria-describedby="emblem-help"
        accept="image/png,image/jpeg,image/svg+xml,image/webp"
        onChange={(event) => {
          const [file] = event.target.files ?? []
          event.target.value = ''
          if (file) void take(file)
        }}
      />
      {fault && (
        <span className="error" role="alert" data-emblem-fault={fault}>
          {t(`create.emblemFault.${fault}`)}
        </span>
      )}
      {value !== '' && (
        <div className="row" data-emblem="chosen">
          <img className="emblem" src={pictureOf(value)} alt={t('create.emblemShown')} />
          <Button kind="quiet" onClick={() => onChange('')}>
            {t('create.emblemRemove')}
          </Button>
        </div>
      )}
    </div>
  )
}
