import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { differences } from '#authoring/differences'
import { allYears, documentOf, newestYear, type YearDocument } from '#instruments/years'
import { Disclosure } from '#ui/disclosure.tsx'
import { headings } from './words.ts'

/** Rule by rule and item by item, what is other than in another year that this page knows: its own earlier ones, too. */
export function YearDifferences({ document }: { document: YearDocument }) {
  const { t } = useTranslation(['office', 'authoring'])
  const [before, setBefore] = useState(newestYear().id)
  const others = allYears().filter(({ id }) => id !== document.rules.id)
  const found = differences(document, documentOf(before), headings())
  return (
    <Disclosure quiet lazy summary={t('instruments.differences', { count: found.length, year: before })}>
      <div className="field">
        <label htmlFor={`differs-from-${document.rules.id}`}>{t('instruments.differsFrom')}</label>
        <select
          id={`differs-from-${document.rules.id}`}
          value={before}
          onChange={(event) => setBefore(event.target.value)}
        >
          {others.map(({ id }) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </select>
      </div>
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
