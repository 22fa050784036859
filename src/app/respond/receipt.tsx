import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'

/** Only where the response is counted or will be: the number of a refused one is in no list. */
export function Receipt({ receipt }: { receipt: string }) {
  const { t } = useTranslation()
  const [isCopied, setCopied] = useState(false)
  const copy = () => {
    // without the permission the number is still there to be written down
    void navigator.clipboard?.writeText(receipt).then(
      () => setCopied(true),
      () => undefined,
    )
  }
  return (
    <div className="receipt">
      <p className="label">{t('delivery.receipt')}</p>
      <p className="number" data-receipt>
        {receipt}
      </p>
      <p className="help">{t('delivery.receiptText')}</p>
      <Button kind="quiet" onClick={copy}>
        {t(isCopied ? 'delivery.copied' : 'delivery.copy')}
      </Button>
    </div>
  )
}
