import { useTranslation } from 'react-i18next'
import { INTL_LOCALES, languageOf } from '#protocol/language'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useLeaveWarning } from '../asking/use-leave-warning.ts'
import type { BoxOpening, OpeningStatus } from './box-opening.ts'

interface OpeningProgressProps {
  readonly box: BoxOpening
  readonly status: OpeningStatus
  readonly onAgain: () => void
}

/** How far it is, how fast, how long still; stop and go on. */
export function OpeningProgress({ box, status, onAgain }: OpeningProgressProps) {
  const { t, i18n } = useTranslation()
  const { at, rows, of, rowsPerSecond, downloaded, why, spoiled } = status
  useLeaveWarning(at !== 'failed')
  const number = new Intl.NumberFormat(INTL_LOCALES[languageOf(i18n.language)])
  if (at === 'failed')
    return (
      <section data-opening="failed">
        <Notice kind="warning" live>
          <span data-why={why}>{t(`opening.failed.${why ?? 'broken-off'}`)}</span>
        </Notice>
        <Button onClick={onAgain}>{t('opening.again')}</Button>
      </section>
    )
  const secondsLeft = rowsPerSecond > 0 ? Math.ceil((of - rows) / rowsPerSecond) : null
  return (
    <section data-opening={at} data-rows={rows}>
      <h2>{t(at === 'paused' ? 'opening.paused' : 'opening.title')}</h2>
      <progress max={Math.max(1, of)} value={rows} aria-label={t('opening.title')} />
      <p>{t('opening.rows', { rows: number.format(rows), of: number.format(of) })}</p>
      <p className="small">
        {t('opening.rate', { rate: number.format(rowsPerSecond) })}
        {secondsLeft !== null && at === 'opening' && ` · ${t('opening.left', { count: Math.max(1, secondsLeft) })}`}
      </p>
      {spoiled > 0 && <p className="small">{t('opening.spoiled', { count: spoiled })}</p>}
      <Notice>{t(downloaded ? 'opening.offline' : 'opening.downloading')}</Notice>
      <div className="row">
        {at === 'paused' ? (
          <Button id="resume" onClick={() => box.resume()}>
            {t('opening.resume')}
          </Button>
        ) : (
          <Button id="pause" kind="secondary" onClick={() => box.pause()}>
            {t('opening.pause')}
          </Button>
        )}
        <Button id="cancel-opening" kind="quiet" onClick={onAgain}>
          {t('opening.cancel')}
        </Button>
      </div>
    </section>
  )
}
