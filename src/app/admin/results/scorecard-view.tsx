import { useTranslation } from 'react-i18next'
import type { Release } from '#results/release'
import { Notice } from '#ui/notice.tsx'
import { agencyName } from '../rounds.ts'
import { BASELINE } from './baseline.ts'
import { BreakdownTables } from './breakdown-tables.tsx'
import { ItemTables } from './item-tables.tsx'
import { type ScoreRow, ScoreTable } from './score-table.tsx'
import { Weakest } from './weakest.tsx'

/** Everything that was released, for the screen and for A4. Says on every page whose result this is. */
export function ScorecardView({ release }: { release: Release }) {
  const { t, i18n } = useTranslation()
  return (
    <article className="scorecard" data-total={release.total?.toFixed(2) ?? 'none'}>
      <p className="own-result">{t('export:notice')}</p>
      <p className="print-only">
        {agencyName(release.agency, i18n.language)} · {t('rounds.year', { year: release.fiscalYear })}
      </p>
      <Head release={release} />
      <Instruments release={release} />
      <Weakest release={release} />
      <ItemTables release={release} />
      <OitGroupTable release={release} />
      <BreakdownTables release={release} />
      <Apart release={release} />
      <p className="own-result">{t('export:notice')}</p>
    </article>
  )
}

function Head({ release: { total, level, spoiled, withheld, instruments } }: { release: Release }) {
  const { t } = useTranslation()
  const parts = instruments.eit?.parts
  const onePart = parts && (parts.public === undefined) !== (parts.survey === undefined)
  const spoiledCount = spoiled.reduce((sum, { n }) => sum + n, 0)
  return (
    <>
      {total === null ? (
        <Notice>{t('score.noTotal')}</Notice>
      ) : (
        <p className="total">
          <span className="big-number">{total.toFixed(2)}</span>{' '}
          {level && <span data-level={level}>{t(`level.${level}`)}</span>}
        </p>
      )}
      {level && (
        <p className="small">{t(level === 'pass' || level === 'improve' ? 'score.levelSure' : 'score.levelUnsure')}</p>
      )}
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

function Instruments({ release }: { release: Release }) {
  const { t } = useTranslation(['admin', 'iit-2566', 'eit-2566', 'oit-2566'])
  const { iit, eit, oit } = release.instruments
  const whole: ScoreRow[] = []
  const row = (key: string, label: string, score: number, before: number | null) =>
    whole.push({ key, label, score, before })
  if (iit) row('iit', t('score.iit', { count: iit.n }), iit.score, BASELINE.instruments.iit)
  if (eit) row('eit', t('score.eit', { count: eit.n }), eit.score, BASELINE.instruments.eit)
  if (eit?.parts.public)
    row(
      'eit-public',
      t('score.part', { part: 'Public', count: eit.parts.public.n }),
      eit.parts.public.score,
      BASELINE.parts['eit-public'] ?? null,
    )
  if (eit?.parts.survey)
    row(
      'eit-survey',
      t('score.part', { part: 'Survey', count: eit.parts.survey.n }),
      eit.parts.survey.score,
      BASELINE.parts['eit-survey'] ?? null,
    )
  if (oit) row('oit', t('score.oit'), oit.score, BASELINE.instruments.oit)
  if (release.total !== null) row('total', t('score.total'), release.total, BASELINE.total)
  const indicators = [
    ...indicatorRows('iit-2566', iit?.indicators),
    ...indicatorRows('eit-2566', eit?.indicators),
    ...indicatorRows('oit-2566', oit?.indicators),
  ]
  function indicatorRows(form: string, scores: Readonly<Record<string, number>> = {}): ScoreRow[] {
    return Object.entries(scores).map(([id, score]) => ({
      key: `indicator-${id}`,
      label: `${t('score.indicator', { id })} ${t(`${form}:indicator.${id}`)}`,
      score,
      before: BASELINE.indicators[id] ?? null,
    }))
  }
  if (whole.length === 0) return <Notice>{t('score.nothing')}</Notice>
  return (
    <>
      <ScoreTable caption={t('score.instruments')} year={BASELINE.fiscalYear} rows={whole} />
      <ScoreTable caption={t('score.indicators')} year={BASELINE.fiscalYear} rows={indicators} />
    </>
  )
}

/** OIT by its groups, and what is not disclosed yet. */
function OitGroupTable({ release }: { release: Release }) {
  const { t } = useTranslation(['admin', 'oit-2566'])
  const { oit } = release.instruments
  if (!oit) return null
  const missing = Object.entries(oit.items).filter(([, score]) => score === 0)
  const rows = Object.entries(oit.groups).map(([id, score]) => {
    return { key: `group-${id}`, label: t(`oit-2566:group.${id}`), score, before: BASELINE.oitGroups[id] ?? null }
  })
  return (
    <section>
      <h2>{t('oit-2566:title')}</h2>
      <ScoreTable caption={t('score.groups')} year={BASELINE.fiscalYear} rows={rows} />
      {missing.length > 0 && (
        <>
          <h3>{t('score.undisclosed', { count: missing.length })}</h3>
          <ul>
            {missing.map(([id]) => (
              <li key={id} data-undisclosed={id}>
                {id} {t(`oit-2566:item.${id}.text`)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

/** Answers from the poster are in no score, wherever they are shown. */
function Apart({ release }: { release: Release }) {
  const { t } = useTranslation()
  const poster = release.apart?.['eit-open']
  if (!poster) return null
  return (
    <section data-apart>
      <h2>{t('lane.eit-open')}</h2>
      <p>{t('score.apart', { count: poster.n, score: poster.score.toFixed(2) })}</p>
    </section>
  )
}
