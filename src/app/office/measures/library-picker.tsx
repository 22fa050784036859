import { useTranslation } from 'react-i18next'
import { type LibraryMeasure, measureLibraryOf } from '#instruments/measure-library'
import { fiscalYearDays, measuresYear } from '#measures/fiscal-year'
import { type IssuePlan, weakIds } from '#measures/issues'
import { newMeasure, newStep, orderBetween } from '#measures/plan'
import { languageOf } from '#protocol/language'
import { Button } from '#ui/button.tsx'
import { Disclosure } from '#ui/disclosure.tsx'
import { noteTaken } from './just-taken.ts'
import { newId } from './new-id.ts'
import { usePlan } from './plan-context.ts'

/** Adds a measure to an issue: an empty one, or one of the library, which is then one's own to change. */
export function AddMeasure({ issue }: { issue: IssuePlan }) {
  const { t } = useTranslation()
  const { release, desk } = usePlan()
  const { measures } = measureLibraryOf(release.asked.id)
  const taken = new Set(issue.measures.map(({ origin }) => origin))
  const offered = measures.filter((one) => one.issue === issue.issue && !taken.has(`library.${one.id}`))
  const last = issue.measures[issue.measures.length - 1]?.order ?? null
  const days = fiscalYearDays(measuresYear(release.fiscalYear))
  const begin = (fields: Partial<ReturnType<typeof newMeasure>>, steps: readonly string[]) => {
    const id = newId()
    noteTaken(id)
    desk.change(id, { ...newMeasure(issue.issue, orderBetween(last, null), days), ...fields })
    for (const [index, text] of steps.entries()) desk.change(newId(), newStep(id, index, text))
    // once it is drawn
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`#measure-${id} textarea`)?.focus())
  }
  const weak = weakIds(issue.finding)
  const take = ({ id, items, text, steps, monitoring, proof, success }: LibraryMeasure) => {
    // of the disclosure's measures each answers all that is not disclosed
    const answers = items.length > 0 ? items.filter((item) => weak.includes(item)) : weak
    begin({ items: answers, text, monitoring, proof, success, origin: `library.${id}` }, steps)
  }
  return (
    <div className="add-measure">
      <Button kind="secondary" onClick={() => begin({ items: issue.open.slice() }, [''])}>
        {t('measures.add')}
      </Button>
      {offered.length > 0 && (
        <Disclosure quiet summary={t('measures.library', { count: offered.length })} lazy>
          <ul className="library">
            {offered.map((one) => (
              <Offer key={one.id} one={one} weak={weak} onTake={() => take(one)} />
            ))}
          </ul>
        </Disclosure>
      )}
    </div>
  )
}

interface OfferProps {
  readonly one: LibraryMeasure
  readonly weak: readonly string[]
  readonly onTake: () => void
}

function Offer({ one, weak, onTake }: OfferProps) {
  const { t, i18n } = useTranslation()
  const { release } = usePlan()
  const { origins } = measureLibraryOf(release.asked.id)
  const answers = one.items.filter((item) => weak.includes(item))
  return (
    <li data-offer={one.id}>
      <p lang="th">{one.text}</p>
      <ol lang="th">
        {one.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p className="small">
        {answers.length > 0 && `${t('measures.answers', { items: answers.join(', ') })} · `}
        {origins[one.origin]?.[languageOf(i18n.language)]}
      </p>
      <Button kind="secondary" onClick={onTake}>
        {t('measures.take')}
      </Button>
    </li>
  )
}
