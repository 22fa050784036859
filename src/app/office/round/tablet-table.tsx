import { useTranslation } from 'react-i18next'
import type { RoundView, TabletView } from '#protocol/office'
import { Wide } from '#ui/wide.tsx'

/** Tablets by service point, with what each last told of itself, by fives. */
export function TabletTable({ round, onRevoke }: { round: RoundView; onRevoke?: (tablet: TabletView) => void }) {
  const { t } = useTranslation()
  return (
    <Wide label={t('watch.tablets')}>
      <table className="counts">
        <thead>
          <tr>
            <th scope="col">{t('tablets.point')}</th>
            <th scope="col">{t('tablets.collected')}</th>
            <th scope="col">{t('tablets.delivered')}</th>
            <th scope="col">{t('tablets.turnedAway')}</th>
            <th scope="col">{t('tablets.heard')}</th>
            {onRevoke && <th scope="col">{t('tablets.state')}</th>}
          </tr>
        </thead>
        <tbody>
          {round.tablets.map((tablet) => (
            <tr key={tablet.tablet}>
              <th scope="row">
                {tablet.point} <span className="small">({t(`tablets.lane.${tablet.lane}`)})</span>
              </th>
              <td>{told(tablet.heard, tablet.collected)}</td>
              <td>{told(tablet.heard, tablet.delivered)}</td>
              <td>{told(tablet.heard, tablet.turnedAway)}</td>
              <td>{tablet.heard || t(`tablets.${tablet.state === 'invited' ? 'invited' : 'silent'}`)}</td>
              {onRevoke && (
                <td>
                  {tablet.state === 'revoked' ? (
                    t('tablets.revoked')
                  ) : (
                    <button type="button" className="link" onClick={() => onRevoke(tablet)}>
                      {t('tablets.revoke')}
                    </button>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  )
}

/** A number that grows by fives: what is shown is the least it can be. */
function told(heard: string, count: number): string {
  return heard === '' ? '–' : `${count}+`
}
