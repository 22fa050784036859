import { useTranslation } from 'react-i18next'
import type { SyncStatus } from '#device/delivery/sync'
import type { Trouble } from '#device/refusals'
import type { OutboxRecord } from '#device/store'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import { Leaves } from './leaves.tsx'
import { MoreLinks } from './more-links.tsx'
import type { Stage } from './stage.ts'
import type { More } from './use-more.ts'

interface DeliveryProps {
  readonly stage: Extract<Stage, { at: 'delivery' }>
  readonly syncStatus: SyncStatus
  readonly onSendNow: () => void
  readonly more: More
}

/** Trouble that waiting does not mend. */
const FINAL: readonly Trouble[] = ['campaign-closed', 'campaign-unknown']

/** Sealed here / sending / delivered, told apart, with the receipt number. */
export function DeliveryScreen({ stage: { record, receipt }, syncStatus, onSendNow, more }: DeliveryProps) {
  const { t } = useTranslation()
  const { delivered, state, sendsItself } = progressOf(record, syncStatus)
  return (
    <Page
      title={t(delivered ? 'delivery.deliveredTitle' : 'delivery.keptTitle')}
      pageKey={delivered ? 'delivered' : 'kept'}
    >
      <ol className="delivery-steps" data-delivery={record?.state === 'refused' ? 'refused' : state}>
        {(['kept', 'sending', 'delivered'] as const).map((step, index) => (
          <li
            key={step}
            aria-current={state === step ? 'step' : undefined}
            className={state === step ? 'current' : undefined}
          >
            {t(`delivery.step${(index + 1) as 1 | 2 | 3}`)}
          </li>
        ))}
      </ol>
      <Notice live kind={delivered ? 'good' : 'calm'}>
        <strong>{t(`delivery.${state}`)}</strong>
        {delivered && <p>{t('delivery.deliveredText')}</p>}
        {sendsItself && <p>{t('delivery.keptText')}</p>}
      </Notice>
      {record?.state === 'refused' && (
        <Notice kind="warning">
          <strong>{t('delivery.refused.title')}</strong>
          <p>{t('delivery.refused.text', { why: record.why })}</p>
        </Notice>
      )}
      {!delivered && syncStatus.state === 'waiting' && (
        <Notice kind="warning">{t(`delivery.trouble.${syncStatus.trouble}`)}</Notice>
      )}
      {(delivered || sendsItself) && <Receipt receipt={receipt} />}
      {record && <Leaves record={record} />}
      {record?.state === 'waiting' && <WhileWaiting onSendNow={onSendNow} />}
      <MoreLinks more={more} />
    </Page>
  )
}

/** How far a response has come, and whether it goes on without anybody's help. */
function progressOf(record: OutboxRecord | null, syncStatus: SyncStatus) {
  const delivered = record === null
  const final = syncStatus.state === 'waiting' && FINAL.includes(syncStatus.trouble)
  const underWay = syncStatus.state === 'sending' ? 'sending' : 'kept'
  const state: 'delivered' | 'sending' | 'kept' = delivered ? 'delivered' : underWay
  return { delivered, state, sendsItself: record?.state === 'waiting' && !final }
}

/** Only where the response is counted or will be: the number of a refused one is in no list. */
function Receipt({ receipt }: { receipt: string }) {
  const { t } = useTranslation()
  return (
    <div className="receipt">
      <p className="label">{t('delivery.receipt')}</p>
      <p className="number" data-receipt>
        {receipt}
      </p>
      <p className="help">{t('delivery.receiptText')}</p>
    </div>
  )
}

function WhileWaiting({ onSendNow }: { onSendNow: () => void }) {
  const { t } = useTranslation()
  return (
    <>
      <Button kind="secondary" onClick={onSendNow}>
        {t('delivery.sendNow')}
      </Button>
      {isInsideLine() && <Notice kind="warning">{t('delivery.line')}</Notice>}
      <p className="small">{t('delivery.evict')}</p>
    </>
  )
}

/** LINE's own browser may forget everything when it is closed; slip links ask it to hand over to the phone's browser. */
function isInsideLine(): boolean {
  return / Line\//.test(navigator.userAgent)
}
