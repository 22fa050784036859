import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FIRST_LANGUAGE } from '#protocol/language'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'

interface CopyTextProps {
  /** What it is for. */
  readonly label: string
  /** In the first language: it goes into a document or to people here. */
  readonly text: string
  readonly name?: string
}

/** A text to copy and to use elsewhere. */
export function CopyText({ label, text, name }: CopyTextProps) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState<boolean | null>(null)
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <div className="draft">
      <p className="small">{label}</p>
      <blockquote lang={FIRST_LANGUAGE} data-text-for={name} className="ready-text">
        {text}
      </blockquote>
      <div className="row no-print">
        <Button kind="quiet" onClick={() => void copy()}>
          {t('copy.copy')}
        </Button>
      </div>
      {copied !== null && <Notice live>{t(copied ? 'copy.copied' : 'copy.notCopied')}</Notice>}
    </div>
  )
}
