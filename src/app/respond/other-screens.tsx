import { useTranslation } from 'react-i18next'
import type { Device } from '#device/device'
import type { ReceiptRecord } from '#device/store'
import type { Slip } from '#protocol/slip-link'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import { ForgetReceipts } from './forget-receipts.tsx'
import { MoreLinks } from './more-links.tsx'
import type { Stage } from './stage.ts'
import { StrayAnswers } from './stray-answers.tsx'
import { TypedSlipForm } from './typed-slip.tsx'
import type { More } from './use-more.ts'

interface HomeProps {
  readonly device: Device
  readonly receipts: readonly ReceiptRecord[]
  readonly onSlip: (slip: Slip) => void
  /** Receipts were removed. */
  readonly onForgotten: () => void
  readonly more: More
}

/** Opened without a slip and with nothing to go on with. */
export function HomeScreen({ device, receipts, onSlip, onForgotten, more }: HomeProps) {
  const { t } = useTranslation()
  return (
    <Page title={t('home.title')} pageKey="home">
      <p className="lead">{t('home.lead')}</p>
      <Notice>{t('home.offline')}</Notice>
      <TypedSlipForm device={device} onSlip={onSlip} />
      {receipts.length > 0 && (
        <section>
          <h2>{t('home.receipts')}</h2>
          <ul className="receipts">
            {receipts.map(({ id }) => (
              <li key={id} data-receipt>
                {id}
              </li>
            ))}
          </ul>
          <p className="help">{t('delivery.receiptText')}</p>
          <ForgetReceipts device={device} receipts={receipts.map(({ id }) => id)} onForgotten={onForgotten} />
        </section>
      )}
      <MoreLinks more={more} />
      <p className="small">{t('app.rehearsal')}</p>
    </Page>
  )
}

interface ProblemProps {
  readonly device: Device | null
  readonly stage: Extract<Stage, { at: 'problem' | 'storage' }>
  readonly onLookAgain: () => void
  readonly more: More
}

/** Something is in the way: what it is, what to do, and a way on. */
export function ProblemScreen({ device, stage, onLookAgain, more }: ProblemProps) {
  const { t } = useTranslation()
  const words = stage.at === 'problem' ? t(`problem.reason.${stage.problem}`) : t(`problem.storage.${stage.fault}`)
  // most often it is this very person's own finished answer
  const isUsed = stage.at === 'problem' && stage.problem === 'code-used'
  const reason = stage.at === 'problem' ? stage.problem : stage.fault
  return (
    <Page title={t(isUsed ? 'problem.usedTitle' : 'problem.title')} pageKey={`problem-${reason}`}>
      <div data-problem={reason}>
        <Notice kind={isUsed ? 'calm' : 'warning'} live>
          {words}
        </Notice>
      </div>
      {device && stage.at === 'problem' && stage.stray && <StrayAnswers device={device} {...stage.stray} />}
      <Button kind="secondary" id="look-again" onClick={onLookAgain}>
        {t(
          stage.at === 'problem' && stage.canContinue ? 'problem.continue' : isUsed ? 'problem.home' : 'problem.retry',
        )}
      </Button>
      {stage.at === 'problem' && <MoreLinks more={more} />}
    </Page>
  )
}
