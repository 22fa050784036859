import { useTranslation } from 'react-i18next'
import type { Release } from '#results/release'
import { Wide } from '#ui/wide.tsx'

/** EIT by what visitors came for, as far as nobody can be worked out. */
export function ContactTables({ release: { contacts } }: { release: Release }) {
  const { t } = useTranslation(['admin', 'respond'])
  if (contacts.length === 0) return null
  return (
    <section>
      <h2>{t('contacts.title')}</h2>
      {contacts.map(({ lane, rows, hidden }) => (
        <Wide key={lane} label={t(`score.short.${lane}`)}>
          <table className="counts">
            <caption>{t(`score.short.${lane}`)}</caption>
            <thead>
              <tr>
                <th scope="col">{t('contacts.what')}</th>
                <th scope="col">{t('score.now')}</th>
                <th scope="col">{t('contacts.n')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ id, n, score }) => (
                <tr key={id}>
                  <th scope="row">{t(`respond:opening.choice.${id}`)}</th>
                  <td>{typeof score === 'number' ? score : score.join('–')}</td>
                  <td>{n}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {hidden > 0 && <p className="small">{t('contacts.hidden', { count: hidden })}</p>}
        </Wide>
      ))}
    </section>
  )
}
