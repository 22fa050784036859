import { useTranslation } from 'react-i18next'
import { differences } from '#authoring/differences'
import { documentOf, newestYear, type YearDocument } from '#instruments/years'
import { Disclosure } from '#ui/disclosure.tsx'

/** Item by item, what is other than in the newest year of this program. */
export function YearDifferences({ document }: { document: YearDocument }) {
  const { t } = useTranslation(['office', 'authoring'])
  const before = newestYear()
  const found = differences(document, documentOf(before.id))
  return (
    <Disclosure quiet lazy summary={t('instruments.differences', { count: found.length, year: before.fiscalYear })}>
      <ul>
        {found.map(({ item, what, before: was, now }) => (
          <li key={`${item} ${what}`} data-difference={`${item} ${what}`}>
            <strong>{item}</strong> {t(`authoring:difference.${what}`)}
            {was !== '' && (
              <>
                <br />
                <del>{was}</del>
              </>
            )}
            {now !== '' && (
              <>
                <br />
                <ins>{now}</ins>
              </>
            )}
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
