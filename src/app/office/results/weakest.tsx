import { useTranslation } from 'react-i18next'
import { type Baseline, difference } from '#results/baseline'
import { hashOf } from '../asking/place.ts'
import { useFormWords } from '../asking/use-form-words.ts'
import { wantItem } from '../asking/wanted-item.ts'
import { ScoreBar } from './score-bar.tsx'
import { type ScoredPart, weakest } from './score-rows.ts'
import { signed } from './score-table.tsx'

const COUNT = 10

interface WeakestProps {
  /** The round's. */
  readonly cid: string
  readonly parts: readonly ScoredPart[]
  readonly baseline: Baseline | null
}

/** Where to begin: the lowest items of all parts, each with the way to a measure. */
export function Weakest({ cid, parts, baseline }: WeakestProps) {
  const { t } = useTranslation()
  const { itemText } = useFormWords()
  const rows = weakest(parts, COUNT)
  if (rows.length === 0) return null
  return (
    <section>
      <h2>{t('score.weakest')}</h2>
      <ol className="weakest">
        {rows.map(({ id, form, lane, result: { score } }) => {
          const before = baseline?.items[lane]?.[id] ?? null
          return (
            <li key={`${lane}-${id}`} className="card" data-weak={`${lane}-${id}`}>
              <p>
                <strong>{score.toFixed(2)}</strong> {id} {itemText(form.id, id)}{' '}
                <span className="small">
                  ({t(`score.short.${lane}`)}
                  {before !== null && `, ${signed(difference(score, before))}`})
                </span>
              </p>
              <ScoreBar score={score} before={before} />
              <a
                className="button quiet no-print"
                href={hashOf({ at: 'round', cid, part: 'measures' })}
                onClick={() => wantItem(id)}
              >
                {t('score.makeMeasure', { item: id })}
              </a>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
