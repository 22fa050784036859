import { useTranslation } from 'react-i18next'
import { type Baseline, difference } from '#results/baseline'
import { targetOf } from '#results/findings'
import type { Release } from '#results/release'
import type { RoundForms } from '#results/round-forms'
import { Notice } from '#ui/notice.tsx'
import { ScoreBar } from './score-bar.tsx'
import { signed } from './score-table.tsx'

interface HeadProps {
  readonly release: Release
  readonly forms: RoundForms
  readonly baseline: Baseline | null
}

/** The score first: its number, its place on the scale, one sentence, the three instruments; then what has to be known of it. */
export function ScorecardHead({ release, forms, baseline }: HeadProps) {
  const { total, level, levelConfirmed, spoiled, withheld, instruments, asked } = release
  const target = targetOf(forms.year)
  const { t } = useTranslation()
  const parts = instruments.eit?.parts
  const onePart = parts && (parts.public === undefined) !== (parts.survey === undefined)
  const spoiledCount = spoiled.reduce((sum, { n }) => sum + n, 0)
  return (
    <>
      {total === null ? (
        <Notice>{t('score.noTotal')}</Notice>
      ) : (
        <>
          <p className="total">
            <span className="big-number">{total.toFixed(2)}</span>{' '}
            {level && <span data-level={level}>{t(`level.${level}`)}</span>}
          </p>
          <ScoreBar score={total} before={baseline?.scores.total ?? null} target={target} />
          <Sentence release={release} total={total} target={target} baseline={baseline} />
        </>
      )}
      <Tiles release={release} target={target} baseline={baseline} />
      {level && (
        <p className="small">{t(levelConfirmed ? 'score.levelSure' : 'score.levelUnsure', { year: asked.id })}</p>
      )}
      {asked.id !== String(release.fiscalYear) && <p className="small">{t('score.otherYear', { year: asked.id })}</p>}
      {onePart && <Notice kind="warning">{t(parts.public ? 'score.onlyPublic' : 'score.onlySurvey')}</Notice>}
      {withheld.map((one) => (
        <Notice key={one.lane} kind="warning">
          <span data-withheld={one.lane}>
            {t(`lane.${one.lane}`)}:{' '}
            {one.why === 'few'
              ? t('score.few')
              : t('score.alike', { count: one.n, from: one.band[0], to: one.band[1] })}
          </span>
        </Notice>
      ))}
      {spoiledCount > 0 && (
        <Notice>
          <p>{t('spoiled.title', { count: spoiledCount })}</p>
          <ul>
            {spoiled.map(({ reason, n }) => (
              <li key={reason} data-spoiled={reason}>
                {t(`spoiled.reason.${reason}`)}: {n}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  )
}

interface SentenceProps extends Pick<HeadProps, 'release' | 'baseline'> {
  readonly total: number
  readonly target: number
}

/** What somebody takes along who reads nothing else. */
function Sentence({ release: { instruments }, total, target, baseline }: SentenceProps) {
  const { t } = useTranslation()
  const scores = (['iit', 'eit', 'oit'] as const).flatMap((of) => {
    const score = instruments[of]?.score
    return score === undefined ? [] : [{ of: of.toUpperCase(), score }]
  })
  const least = Math.min(...scores.map(({ score }) => score))
  const lowest = scores.filter(({ score }) => score === least).map(({ of }) => of)
  const before = baseline?.scores.total
  return (
    <p data-sentence>
      {total >= target
        ? t('score.reached', { target })
        : t('score.below', { target, gap: difference(target, total).toFixed(2) })}{' '}
      {lowest.length > 0 && t('score.lowest', { instrument: lowest.join(', '), score: least.toFixed(2) })}{' '}
      {before !== undefined &&
        baseline &&
        t(difference(total, before) === 0 ? 'score.same' : 'score.since', {
          year: baseline.fiscalYear,
          change: signed(difference(total, before)),
        })}
    </p>
  )
}

function Tiles({ release: { instruments }, target, baseline }: Omit<SentenceProps, 'total'>) {
  const { t } = useTranslation()
  const tiles = (['iit', 'eit', 'oit'] as const).flatMap((of) => {
    const score = instruments[of]?.score
    return score === undefined ? [] : [{ of, score, before: baseline?.scores[of] ?? null }]
  })
  if (tiles.length === 0) return null
  return (
    <ul className="tiles">
      {tiles.map(({ of, score, before }) => (
        <li key={of} className="card" data-tile={of}>
          <span>{of.toUpperCase()}</span>
          <strong className="big">{score.toFixed(2)}</strong>
          <span className="small">
            {t(score >= target ? 'score.tileReached' : 'score.tileBelow', { target })}
            {before !== null && ` · ${signed(difference(score, before))}`}
          </span>
        </li>
      ))}
    </ul>
  )
}
