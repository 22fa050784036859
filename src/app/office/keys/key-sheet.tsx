import { useTranslation } from 'react-i18next'
import { keySheetLink } from '#protocol/evidence'
import type { KeyShareFile } from '#protocol/key-file'
import type { RoundView } from '#protocol/office'
import { modulesOfText } from '#protocol/qr'
import { QrPicture } from '#ui/qr-picture.tsx'
import { Emblem } from '../asking/emblem.tsx'
import { manifestOf } from '../asking/rounds.ts'
import { printedHead } from '../log/log-head.ts'
import { CheckNumber } from './check-number.tsx'

/** The same share on paper, printed by the browser: it never passes through the collector. */
export function KeySheet({ round, share }: { round: RoundView; share: KeyShareFile }) {
  const { t } = useTranslation('print')
  const { agency, emblem } = manifestOf(round)
  const text = JSON.stringify(share)
  return (
    <section className="sheet" aria-hidden="true">
      <p className="owner">
        <Emblem emblem={emblem} /> {agency.th.full}
      </p>
      <h1>{t('key.title')}</h1>
      <h2>{t('key.holder', { index: share.index, shares: share.shares })}</h2>
      <p>{t('key.need', { threshold: share.threshold })}</p>
      <p>
        {t('checkNumber')} <CheckNumber round={round} />
      </p>
      <div className="sheet-qrs">
        <QrPicture modules={modulesOfText(text)} label={t('key.text')} />
        <figure>
          <QrPicture modules={modulesOfText(keySheetLink(round.origin, share))} label={t('key.witness')} />
          <figcaption>{t('key.witness')}</figcaption>
        </figure>
      </div>
      <ul>
        <li>{t('key.step1')}</li>
        <li>{t('key.step2')}</li>
        <li>{t('key.step3')}</li>
      </ul>
      <p>{t('key.text')}</p>
      <pre>{text}</pre>
      <p className="sign">
        {t('key.holderName')} <span /> {t('key.date')} <span />
      </p>
      <p className="small">{t('logHead', { head: printedHead(round.logHead) })}</p>
    </section>
  )
}
