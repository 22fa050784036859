import { useTranslation } from 'react-i18next'
import type { SyncStatus } from '#device/delivery/sync'
import type { Device } from '#device/device'
import type { Trouble } from '#device/refusals'
import type { OutboxRecord } from '#device/store'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import { Picture } from '#ui/pictures.tsx'
import { ForgetReceipts } from './forget-receipts.tsx'
import { InLine } from './in-line.tsx'
import { Leaves } from './leaves.tsx'
import { MoreLinks } from './more-links.tsx'
import { Receipt } from './receipt.tsx'
import type { Stage } from './stage.ts'
import { useManifest } from './use-manifest.ts'
import type { More } from './use-more.ts'
import { dayInWords } from './weaker-promises.tsx'

interface DeliveryProps {
  readonly device: Device
  readonly stage: Extract<Stage, { at: 'delivery' }>
  readonly syncStatus: SyncStatus
  readonly onSendNow: () => void
  /** The receipt was removed: nothing of this delivery is left here. */
  readonly onForgotten: () => void
  readonly more: More
}

/** Trouble that waiting does not mend. */
const FINAL: readonly Trouble[] = ['campaign-closed', 'campaign-unknown']

const STEPS = [
  ['kept', 'phone'],
  ['sending', 'way'],
  ['delivered', 'thanks'],
] as const

/** Sealed here / sending / delivered as one way down the page, with one sentence for where it is, and the receipt. */
export function DeliveryScreen({ device, stage, syncStatus, onSendNow, onForgotten, more }: DeliveryProps) {
  const { t } = useTranslation()
  const { record, receipt } = stage
  const { delivered, state, sendsItself } = progressOf(record, syncStatus)
  const isRefused = record?.state === 'refused'
  return (
    <Page
      title={t(delivered ? 'delivery.deliveredTitle' : 'delivery.keptTitle')}
      pageKey={delivered ? 'delivered' : 'kept'}
      tab={null}
    >
      <ol className="delivery-steps" data-delivery={isRefused ? 'refused' : state}>
        {STEPS.map(([step, picture], index) => (
          <li key={step} aria-current={state === step ? 'step' : undefined} className={lookOf(index, state)}>
            <Picture name={picture} />
            <span>{t(`delivery.step${(index + 1) as 1 | 2 | 3}`)}</span>
          </li>
        ))}
      </ol>
      {isRefused ? (
        <Notice kind="warning" live>
          <strong>{t('delivery.refused.title')}</strong>
          <p>{t('delivery.refused.text', { why: record.why })}</p>
        </Notice>
      ) : (
        <Notice live kind={delivered ? 'good' : sendsItself ? 'calm' : 'warning'}>
          <Now delivered={delivered} syncStatus={syncStatus} />
        </Notice>
      )}
      {(delivered || sendsItself) && <Receipt receipt={receipt} />}
      {delivered && <WhatNext device={device} stage={stage} />}
      {delivered && <ForgetReceipts device={device} receipts={[receipt]} onForgotten={onForgotten} />}
      {record?.state === 'waiting' && <WhileWaiting onSendNow={onSendNow} />}
      {record && <Leaves record={record} />}
      <MoreLinks more={more} />
    </Page>
  )
}

/** One sentence: what is so now, and what one has to do, which is mostly nothing. */
function Now({ delivered, syncStatus }: { delivered: boolean; syncStatus: SyncStatus }) {
  const { t } = useTranslation()
  if (delivered) return <>{t('delivery.deliveredText')}</>
  if (syncStatus.state === 'sending') return <>{t('delivery.sending')}</>
  const trouble = syncStatus.state === 'waiting' ? syncStatus.trouble : null
  return (
    <span data-trouble={trouble ?? undefined}>{t(trouble ? `delivery.trouble.${trouble}` : 'delivery.keptText')}</span>
  )
}

function WhileWaiting({ onSendNow }: Pick<DeliveryProps, 'onSendNow'>) {
  const { t } = useTranslation()
  return (
    <>
      <Button kind="secondary" onClick={onSendNow}>
        {t('delivery.sendNow')}
      </Button>
      <InLine />
      {isApple() && <p className="small">{t('delivery.evict')}</p>}
    </>
  )
}

/** What was passed, what is now, what is to come. */
function lookOf(index: number, state: 'delivered' | 'sending' | 'kept'): string {
  const now = STEPS.findIndex(([step]) => step === state)
  if (index < now) return 'passed'
  return index === now ? 'current' : 'to-come'
}

/** How far a response has come, and whether it goes on without anybody's help. */
function progressOf(record: OutboxRecord | null, syncStatus: SyncStatus) {
  const delivered = record === null
  const final = syncStatus.state === 'waiting' && FINAL.includes(syncStatus.trouble)
  const underWay = syncStatus.state === 'sending' ? 'sending' : 'kept'
  const state: 'delivered' | 'sending' | 'kept' = delivered ? 'delivered' : underWay
  return { delivered, state, sendsItself: record?.state === 'waiting' && !final }
}

/** What happens with it, and when. */
function WhatNext({ device, stage }: Pick<DeliveryProps, 'device' | 'stage'>) {
  const { t, i18n } = useTranslation()
  const manifest = useManifest(device, stage)
  if (!manifest) return null
  const day = dayInWords(manifest.closesOn, i18n.language)
  return (
    <section>
      <h2>{t('delivery.next.title')}</h2>
      <ol className="next-steps">
        <li>{t('delivery.next.closing', { day })}</li>
        <li>{t('delivery.next.receipts')}</li>
        <li>{t('delivery.next.results')}</li>
      </ol>
    </section>
  )
}

/** Only there a page's storage is emptied after a week. */
function isApple(): boolean {
  return /iPhone|iPad|Macintosh/.test(navigator.userAgent)
}
