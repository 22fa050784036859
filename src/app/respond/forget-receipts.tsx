import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Device } from '#device/device'
import { forgetReceipts } from '#device/holdings'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'

interface ForgetReceiptsProps {
  readonly device: Device
  readonly receipts: readonly string[]
  readonly onForgotten: () => void
}

/** Takes receipts off this device, after being asked: whoever picks it up no longer sees that its person answered. */
export function ForgetReceipts({ device, receipts, onForgotten }: ForgetReceiptsProps) {
  const { t } = useTranslation()
  const [state, setState] = useState<'idle' | 'asking' | 'failed'>('idle')
  const keep = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (state === 'asking') keep.current?.querySelector('button')?.focus()
  }, [state])
  if (state === 'idle')
    return (
      <Button kind="quiet" id="forget-receipt" onClick={() => setState('asking')}>
        {t('delivery.forget')}
      </Button>
    )
  if (state === 'failed') return <Notice kind="warning">{t('delivery.forgetFailed')}</Notice>
  return (
    <div ref={keep} className="ask" role="alertdialog" aria-label={t('delivery.forget')} aria-describedby="forget-ask">
      <p id="forget-ask">{t('delivery.forgetAsk')}</p>
      <div className="row">
        <Button kind="secondary" onClick={() => setState('idle')}>
          {t('delivery.forgetNo')}
        </Button>
        <Button
          kind="danger"
          id="forget-receipt-yes"
          onClick={() => void forgetReceipts(device, receipts).then(onForgotten, () => setState('failed'))}
        >
          {t('delivery.forgetYes')}
        </Button>
      </div>
    </div>
  )
}
