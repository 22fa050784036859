import { useTranslation } from 'react-i18next'
import type { SyncStatus } from '#device/delivery/sync'
import type { Device } from '#device/device'
import type { Trouble } from '#device/refusals'
import type { TabletRecord } from '#device/store'
import type { CounterStatus } from '#device/tablet/counter'
import type { Preferences } from '#i18n/preferences.ts'
import { ITEM_REFUSALS } from '#protocol/messages'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import { DefaultsBlock } from './defaults-block.tsx'
import { RescueBlock } from './rescue-block.tsx'
import { StorageLine } from './storage-line.tsx'

interface PanelProps {
  readonly device: Device
  readonly tablet: TabletRecord
  readonly status: CounterStatus
  readonly syncStatus: SyncStatus
  /** As they are on the screen. */
  readonly preferences: Preferences
  readonly onSend: () => void
  readonly onRecount: () => Promise<void>
  readonly onBusy: (busy: boolean) => void
  readonly onBack: () => void
}

/** What an officer must see at a glance, and the slip at the end of the day. */
export function PanelScreen(props: PanelProps) {
  const { device, tablet, status, syncStatus, preferences, onSend, onRecount, onBusy, onBack } = props
  const { t } = useTranslation('counter')
  // what was delivered while the officer looked elsewhere belongs on the slip
  const print = () => void onRecount().finally(() => requestAnimationFrame(() => window.print()))
  return (
    <Page title={t('panel.title')} pageKey="panel" eyebrow={t('attract.point', { point: tablet.enrolment?.point })}>
      <SlipHead tablet={tablet} />
      <Balance status={status} trouble={syncStatus.state === 'waiting' ? syncStatus.trouble : null} />
      <Counts status={status} />
      <LastContact contactMs={status.contactMs} />
      <StorageLine />
      <DefaultsBlock device={device} tablet={tablet} preferences={preferences} onSaved={onRecount} />
      <RescueBlock
        device={device}
        waiting={status.all.waiting + status.all.refused + status.rescued.waiting}
        onTaken={onSend}
        onBusy={onBusy}
      />
      <div className="row no-print">
        <Button onClick={onSend} blocked={syncStatus.state === 'sending'}>
          {t(syncStatus.state === 'sending' ? 'panel.sending' : 'panel.send')}
        </Button>
        <Button kind="secondary" onClick={print}>
          {t('panel.print')}
        </Button>
        <Button kind="secondary" id="leave-panel" onClick={onBack}>
          {t('panel.back')}
        </Button>
      </div>
      <p className="print-only">{t('panel.sign')} ____________________________</p>
    </Page>
  )
}

/** On paper: whose slip it is, of which day and hour. */
function SlipHead({ tablet }: { tablet: TabletRecord }) {
  const { t, i18n } = useTranslation('counter')
  const now = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'full', timeStyle: 'short' }).format(Date.now())
  return (
    <div className="print-only slip-head">
      <h1>{t('panel.slip')}</h1>
      <p>{now}</p>
      <p>{t('panel.tablet', { id: tablet.enrolment?.tablet.slice(0, 8) })}</p>
    </div>
  )
}

/** Zero difference, or what explains it. */
function Balance({ status: { all, rescued }, trouble }: { status: CounterStatus; trouble: Trouble | null }) {
  const { t } = useTranslation('counter')
  const difference = all.collected - all.delivered
  const why = trouble ?? 'not-reached'
  // not the network: somebody has to do something
  const isOfOthers = why !== 'not-reached' && why !== 'busy'
  return (
    <div data-difference={difference}>
      {difference === 0 && <Notice kind="good">{t('panel.balanced')}</Notice>}
      {all.waiting > 0 && (
        <Notice kind={isOfOthers ? 'warning' : 'calm'}>
          <span data-trouble={why}>
            {t('panel.waitingWords', { count: all.waiting })} {t(`panel.trouble.${why}`)}
          </span>
        </Notice>
      )}
      {rescued.waiting > 0 && (
        <Notice>
          {t('panel.rescuedWords', { count: rescued.waiting })} {t(`panel.trouble.${why}`)}
        </Notice>
      )}
      {Object.entries(all.refusedWhy).map(([why, count]) => (
        <Refused key={why} why={why} count={count} />
      ))}
      {all.unreadable > 0 && <Notice kind="warning">{t('panel.unreadableWords', { count: all.unreadable })}</Notice>}
    </div>
  )
}

function Refused({ why, count }: { why: string; count: number }) {
  const { t } = useTranslation('counter')
  // a reason of a later version is told like damage
  const reason = ITEM_REFUSALS.find((one) => one === why) ?? 'bad-request'
  return (
    <Notice kind="warning">
      {t('panel.refusedWords', { count })} {t(`panel.why.${reason}`)}
    </Notice>
  )
}

function Counts({ status: { all, today, rescued, wallet, turnedAway, abandoned } }: { status: CounterStatus }) {
  const { t } = useTranslation('counter')
  const rows = [
    ['collected', today.collected, all.collected],
    ['delivered', today.delivered, all.delivered],
    ['waiting', null, all.waiting],
    ['refused', null, all.refused],
    ...(all.unreadable > 0 ? [['unreadable', null, all.unreadable] as const] : []),
    ['turnedAway', turnedAway, all.turnedAway],
    ['abandoned', abandoned, null],
    ['wallet', null, wallet],
  ] as const
  return (
    <table className="counts">
      <thead>
        <tr>
          <td />
          <th scope="col">{t('panel.today')}</th>
          <th scope="col">{t('panel.all')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, ofToday, ofAll]) => (
          <tr key={name} data-count={name}>
            <th scope="row">{t(`panel.${name}`)}</th>
            <td>{ofToday}</td>
            <td>{ofAll}</td>
          </tr>
        ))}
        {rescued.waiting + rescued.delivered > 0 && (
          <tr data-count="rescued">
            <th scope="row">{t('panel.rescued')}</th>
            <td>{rescued.waiting}</td>
            <td>{rescued.delivered}</td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

/** In words, e.g. "5 minutes ago". A clock that was set back says the time of day instead of a negative age. */
function LastContact({ contactMs }: { contactMs: number | null }) {
  const { t, i18n } = useTranslation('counter')
  const words = contactMs === null ? t('panel.never') : agoInWords(contactMs, Date.now(), i18n.language)
  return (
    <p>
      {t('panel.contact')}: <span className="no-print">{words}</span>
      <span className="print-only">{contactMs === null ? words : momentInWords(contactMs, i18n.language)}</span>
    </p>
  )
}

function momentInWords(timeMs: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(timeMs)
}

function agoInWords(thenMs: number, nowMs: number, language: string): string {
  const minutes = Math.round((thenMs - nowMs) / 60_000)
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  if (minutes > 1) return momentInWords(thenMs, language)
  return minutes > -90
    ? relative.format(Math.min(minutes, 0), 'minute')
    : relative.format(Math.round(minutes / 60), 'hour')
}
