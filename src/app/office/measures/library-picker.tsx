import { useTranslation } from 'react-i18next'
import { type LibraryMeasure, measureLibraryOf } from '#instruments/measure-library'
import { type IssuePlan, weakIds } from '#measures/issues'
import { stateOf } from '#measures/plan'
import { languageOf } from '#protocol/language'
import { Button } from '#ui/button.tsx'
import { Disclosure } from '#ui/disclosure.tsx'
import { usePlan } from './plan-context.ts'
import { originOf, useAdding } from './use-adding.ts'

/** Adds a measure to an issue: an empty one, one of the library, or one of the year before; it is then one's own to change. */
export function AddMeasure({ issue }: { issue: IssuePlan }) {
  const { t } = useTranslation()
  const { release, plan, earlier } = usePlan()
  const { add, carry } = useAdding()
  const { measures } = measureLibraryOf(release.asked.id)
  const taken = new Set(plan.measures.map(({ origin }) => origin))
  const offered = measures.filter((one) => one.issue === issue.issue && !taken.has(`library.${one.id}`))
  const before = earlier.filter((one) => one.issue === issue.issue && !taken.has(originOf(one)))
  const weak = weakIds(issue.finding)
  const take = ({ id, items, text, steps, monitoring, proof, success }: LibraryMeasure) => {
    // of the disclosure's measures each answers all that is not disclosed
    const answers = items.length > 0 ? items.filter((item) => weak.includes(item)) : weak
    focusOn(add(issue.issue, { items: answers, text, monitoring, proof, success, origin: `library.${id}` }, steps))
  }
  return (
    <div className="add-measure">
      <Button kind="secondary" onClick={() => focusOn(add(issue.issue, { items: issue.open.slice() }, ['']))}>
        {t('measures.add')}
      </Button>
      {before.length > 0 && (
        <Disclosure quiet summary={t('measures.lastYear', { count: before.length })} lazy>
          <ul className="library">
            {before.map((one) => (
              <li key={one.id} data-earlier={one.id}>
                <p lang="th">{one.text}</p>
                <p className="small">{t(`measures.state.${stateOf(one)}`)}</p>
                <Button kind="secondary" onClick={() => focusOn(carry(one))}>
                  {t('measures.take')}
                </Button>
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
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

/** Once it is drawn. */
function focusOn(id: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`#measure-${id} textarea`)?.focus())
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
