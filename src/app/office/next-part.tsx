import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { oitItemOf } from '#documents/document-name'
import { type NextUp, nextUp } from '#measures/next-up'
import { planOf } from '#measures/plan'
import type { RoundView } from '#protocol/office'
import { formsOfRound } from '#results/round-forms'
import { ask } from './asking/ask.ts'
import { dayInWords } from './asking/days.ts'
import { hashOf } from './asking/place.ts'
import { manifestOf } from './asking/rounds.ts'
import { useLoaded } from './asking/use-loaded.ts'

/** As many as somebody can do something about today. */
const MOST = 6

/** What is to be done next about a round that was opened: the room's home, for the whole year after it. */
export function NextPart({ round, today }: { round: RoundView; today: string }) {
  const { t } = useTranslation()
  const load = useCallback(() => ask('GET /rounds/:cid/measures/:seq', { cid: round.cid, seq: '0' }), [round.cid])
  const { value } = useLoaded(load)
  if (!value) return null
  const { fiscalYear } = manifestOf(round)
  const all = nextUp(planOf(value.rows), fiscalYear, today)
  if (all.length === 0) return null
  return (
    <section data-next={all.length}>
      <h2>{t('nextUp.title', { year: fiscalYear })}</h2>
      <ul className="next-up">
        {all.slice(0, MOST).map((one) => (
          <li key={'measure' in one ? one.measure.id : JSON.stringify(one)} data-next-what={one.what}>
            <NextLine round={round} one={one} />
          </li>
        ))}
      </ul>
      <a href={hashOf({ at: 'round', cid: round.cid, part: 'measures' })}>{t('nextUp.all')}</a>
    </section>
  )
}

function NextLine({ round, one }: { round: RoundView; one: NextUp }) {
  const { t, i18n } = useTranslation()
  if (one.what === 'plan') return t('nextUp.plan')
  if (one.what === 'publish') {
    const forms = formsOfRound(manifestOf(round))
    const item = forms ? oitItemOf(one.document, { forms }) : ''
    return t('nextUp.publish', { document: [item, t(`measures.doc.${one.document}`)].filter(Boolean).join(' ') })
  }
  const { text, to, units } = one.measure
  return (
    <>
      <strong className={one.what === 'overdue' ? 'late' : undefined}>
        {t(`nextUp.${one.what}`, { day: dayInWords(to, i18n.language) })}
      </strong>{' '}
      <span lang="th">
        {text} {units.length > 0 && `(${units.join(', ')})`}
      </span>
    </>
  )
}
