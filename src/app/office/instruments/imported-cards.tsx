import { useTranslation } from 'react-i18next'
import { type ImportedView, may } from '#protocol/office'
import { Button } from '#ui/button.tsx'
import { Disclosure } from '#ui/disclosure.tsx'
import { Notice } from '#ui/notice.tsx'
import { Confirm } from '../asking/confirm.tsx'
import { documentIn } from '../asking/imported.ts'
import { useOffice } from '../asking/office-context.ts'
import { GoldenTable } from './golden-table.tsx'
import { LookedAt } from './looked-at.tsx'
import { Preview } from './preview.tsx'
import { saveWorkbook } from './save-workbook.ts'
import { YearDifferences } from './year-differences.tsx'

interface CardsProps {
  readonly list: readonly ImportedView[]
  readonly onAct: (act: 'confirm' | 'withdraw', hash: string) => Promise<void>
}

/** What was imported: by whom, confirmed by whom, and everything that the second person has to compare. */
export function ImportedCards({ list, onAct }: CardsProps) {
  const { t } = useTranslation()
  return (
    <section>
      <h2>{t('instruments.imported')}</h2>
      {list.length === 0 && <p>{t('instruments.none')}</p>}
      {list.map((one) => (
        <ImportedCard key={one.hash} imported={one} onAct={onAct} />
      ))}
    </section>
  )
}

function ImportedCard({ imported, onAct }: { imported: ImportedView; onAct: CardsProps['onAct'] }) {
  const { t } = useTranslation()
  const { me } = useOffice()
  const { id, hash, by, confirmedBy } = imported
  const document = documentIn(imported.text)
  const mayConfirm = may(me, 'run') && confirmedBy === null && by !== me.name && document !== null
  return (
    <article className="card" data-imported={id} data-confirmed={confirmedBy !== null}>
      <h3>{id}</h3>
      <p>{confirmedBy === null ? t('instruments.waits', { by }) : t('instruments.confirmed', { by, confirmedBy })}</p>
      <p className="small fingerprint">{t('instruments.fingerprint', { hash: hash.slice(0, 16) })}</p>
      {!document && <Notice kind="warning">{t('instruments.altered')}</Notice>}
      {document && (
        <Disclosure quiet lazy summary={t('instruments.look')}>
          <LookedAt document={document} />
          <GoldenTable document={document} />
          <YearDifferences document={document} />
          <Preview document={document} />
        </Disclosure>
      )}
      <div className="row">
        {document && (
          <Button kind="secondary" id={`workbook-${id}`} onClick={() => void saveWorkbook(document)}>
            {t('instruments.workbook')}
          </Button>
        )}
        {mayConfirm && (
          <Confirm
            id={`confirm-${id}`}
            label={t('instruments.confirmIt')}
            yes={t('instruments.confirmYes')}
            onYes={() => onAct('confirm', hash)}
          >
            <p>{t('instruments.confirmAsk')}</p>
          </Confirm>
        )}
        {may(me, 'run') && (
          <Confirm
            id={`withdraw-${id}`}
            label={t('instruments.withdraw')}
            yes={t('instruments.withdrawYes')}
            onYes={() => onAct('withdraw', hash)}
          >
            <p>{t('instruments.withdrawAsk')}</p>
          </Confirm>
        )}
      </div>
    </article>
  )
}
