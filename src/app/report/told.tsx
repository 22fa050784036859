import { useTranslation } from 'react-i18next'
import { INTL_LOCALES, languageOf } from '#protocol/language'
import type { PublicReport } from '#protocol/public-report'

type ToldIssue = PublicReport['told'][number]
type PublicMeasure = ToldIssue['measures'][number]

/** One thing that respondents said, and what is done about it. */
export function Told({ told: { name, items, measures } }: { told: ToldIssue }) {
  const { t, i18n } = useTranslation('report')
  const language = languageOf(i18n.language)
  return (
    <section className="told" data-told={items.map(({ id }) => id).join(' ')}>
      <h3>{name[language]}</h3>
      <Items items={items.slice(0, FIRST)} />
      {items.length > FIRST && (
        <details className="disclosure quiet">
          <summary>{t('more', { count: items.length - FIRST })}</summary>
          <Items items={items.slice(FIRST)} />
        </details>
      )}
      <h4>{t('done')}</h4>
      {measures.length === 0 && <p>{t('nothing')}</p>}
      {measures.map((measure, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what is published stays in its place
        <MeasureLine key={at} measure={measure} />
      ))}
    </section>
  )
}

/** The lowest, as they come; the others are one tap away. */
const FIRST = 2

function Items({ items }: Pick<ToldIssue, 'items'>) {
  const { i18n } = useTranslation('report')
  const language = languageOf(i18n.language)
  return (
    <ul>
      {items.map(({ id, text, score }) => (
        <li key={id}>
          <strong>{score.toFixed(2)}</strong> {text[language]}
        </li>
      ))}
    </ul>
  )
}

/** Agencies write in Thai: their words are said to be Thai, whatever the page's language is. */
function MeasureLine({ measure }: { measure: PublicMeasure }) {
  const { t, i18n } = useTranslation('report')
  const { text, steps, from, to, units, state, percent, outcome, evidence } = measure
  const format = new Intl.DateTimeFormat(INTL_LOCALES[languageOf(i18n.language)], {
    dateStyle: 'medium',
    timeZone: 'UTC',
  })
  const day = (one: string) => format.format(new Date(`${one}T00:00:00Z`))
  return (
    <article className="told-measure" data-state={state}>
      <p lang="th">{text}</p>
      <p className="small">
        <span className={`state ${state}`}>
          {t(`state.${state}`)} {percent}%
        </span>{' '}
        {to !== '' && from !== '' && t('period', { from: day(from), to: day(to) })}{' '}
        <span lang="th">{units.join(' · ')}</span>
      </p>
      {steps.length > 0 && (
        <details className="disclosure quiet">
          <summary>{t('steps', { count: steps.length })}</summary>
          <ol lang="th">
            {steps.map((step, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same
              <li key={at}>
                {step.text} <span className="small">({t(`state.${step.state}`)})</span>
              </li>
            ))}
          </ol>
        </details>
      )}
      {outcome !== '' && (
        <p>
          {t('outcome')} <span lang="th">{outcome}</span>
        </p>
      )}
      {evidence.map(({ title, address }) => (
        <p key={address}>
          <a href={address} target="_blank" rel="noreferrer noopener" lang="th">
            {title || address}
          </a>
        </p>
      ))}
    </article>
  )
}
