import { useTranslation } from 'react-i18next'
import type { Release } from '#results/release'
import type { CONTACTS } from '#survey/contacts'
import { Wide } from '#ui/wide.tsx'

/** Parts by what visitors came for, by service point and by unit, one at a time, as far as nobody can be worked out. */
export function BreakdownTables({ release: { breakdowns } }: { release: Release }) {
  const { t } = useTranslation(['office', 'respond'])
  if (breakdowns.length === 0) return null
  return (
    <section>
      <h2>{t('breakdown.title')}</h2>
      {breakdowns.map(({ by, lane, rows, hidden }) => (
        <Wide key={`${by}-${lane}`} label={t(`score.short.${lane}`)}>
          <table className="counts">
            <caption>
              {t(`breakdown.${by}`)} · {t(`score.short.${lane}`)}
            </caption>
            <thead>
              <tr>
                <th scope="col">{t('breakdown.what')}</th>
                <th scope="col">{t('score.now')}</th>
                <th scope="col">{t('breakdown.n')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ id, name, n, score }) => (
                <tr key={id} data-group={`${by}-${id}`}>
                  <th scope="row">{name ?? t(`respond:opening.choice.${id as (typeof CONTACTS)[number]}`)}</th>
                  <td>{score}</td>
                  <td>{n}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {hidden > 0 && <p className="small">{t('breakdown.hidden', { count: hidden })}</p>}
        </Wide>
      ))}
    </section>
  )
}
