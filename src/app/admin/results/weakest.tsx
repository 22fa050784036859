import { useTranslation } from 'react-i18next'
import type { Release } from '#results/release'
import { baselineItem, difference } from './baseline.ts'
import { ScoreBar } from './score-bar.tsx'
import { weakest } from './score-rows.ts'
import { signed } from './score-table.tsx'

const COUNT = 10

/** Where to begin: the lowest items of all parts. */
export function Weakest({ release }: { release: Release }) {
  const { t } = useTranslation(['admin', 'iit-2566', 'eit-2566'])
  const rows = weakest(release, COUNT)
  if (rows.length === 0) return null
  return (
    <section>
      <h2>{t('score.weakest')}</h2>
      <ol className="weakest">
        {rows.map(({ id, form, lane, result: { score } }) => {
          const before = baselineItem(lane, id)
          return (
            <li key={`${lane}-${id}`} data-weak={`${lane}-${id}`}>
              <p>
                <strong>{score.toFixed(2)}</strong> {id} {t(`${form}:item.${id}.text`)}{' '}
                <span className="small">
                  ({t(`score.short.${lane}`)}
                  {before !== null && `, ${signed(difference(score, before))}`})
                </span>
              </p>
              <ScoreBar score={score} before={before} />
            </li>
          )
        })}
      </ol>
    </section>
  )
}
