import { useTranslation } from 'react-i18next'
import { goldenRows } from '#authoring/golden'
import type { YearDocument } from '#instruments/years'

/** How made-up answers score, beside which one calculates by hand. */
export function GoldenTable({ document }: { document: YearDocument }) {
  const { t } = useTranslation(['office', 'authoring'])
  const title = (form: string) => document.forms.find((one) => one.form.id === form)?.form.instrument.toUpperCase()
  return (
    <section>
      <h3>{t('instruments.golden')}</h3>
      <p>{t('instruments.goldenText')}</p>
      <table className="golden">
        <thead>
          <tr>
            <th scope="col">{t('instruments.form')}</th>
            <th scope="col">{t('instruments.answers')}</th>
            <th scope="col" className="number">
              {t('instruments.score')}
            </th>
          </tr>
        </thead>
        <tbody>
          {goldenRows(document).map(({ form, what, score }) => (
            <tr key={`${form} ${what}`} data-golden={`${form} ${what}`}>
              <td>{title(form)}</td>
              <td>{t(`authoring:golden.${what}`)}</td>
              <td className="number">{score}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
