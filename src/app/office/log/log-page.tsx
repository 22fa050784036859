import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { ActFacts, FactName, SlipKind } from '#protocol/acts'
import type { Lane } from '#protocol/lane'
import { INTL_LOCALES, languageOf } from '#protocol/language'
import type { Role } from '#protocol/office'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import { Wide } from '#ui/wide.tsx'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { useLoaded } from '../asking/use-loaded.ts'
import { printedHead } from './log-head.ts'
import { LogWarning } from './log-warning.tsx'
import { loadLog } from './log-watch.ts'

/** Everything administrators did, and whether the log is as it was written. */
export function LogPage() {
  const { t, i18n } = useTranslation()
  const { value, refused } = useLoaded(loadLog)
  const format = new Intl.DateTimeFormat(INTL_LOCALES[languageOf(i18n.language)], {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Asia/Bangkok',
  })
  return (
    <Page title={t('log.title')} pageKey="log">
      <p className="lead">{t('log.lead')}</p>
      <RefusalNotice refused={refused} />
      <LogWarning />
      {value && (
        <Notice kind={value.brokenAt === null ? 'good' : 'warning'}>
          {value.brokenAt === null
            ? t('log.whole', { head: printedHead(value.head) })
            : t('log.broken', { count: value.brokenAt })}
        </Notice>
      )}
      <Wide label={t('log.title')}>
        <table className="counts log">
          <thead>
            <tr>
              <th scope="col">{t('log.n')}</th>
              <th scope="col">{t('log.at')}</th>
              <th scope="col">{t('log.by')}</th>
              <th scope="col">{t('log.what')}</th>
            </tr>
          </thead>
          <tbody>
            {[...(value?.acts ?? [])].reverse().map(({ n, at, by, act, facts }) => (
              <tr key={n}>
                <td>{n}</td>
                <td>{format.format(new Date(at))}</td>
                <td>{by}</td>
                <td>
                  {t(`act.${act}`)} <span className="small">{inWords(facts, t)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </Page>
  )
}

function inWords(facts: ActFacts | undefined, t: TFunction): string {
  const named = Object.entries(facts ?? {}) as [FactName, string | number | boolean][]
  return named.map(([name, value]) => `${t(`fact.${name}`)} ${valueInWords(name, String(value), t)}`).join(', ')
}

function valueInWords(name: FactName, value: string, t: TFunction): string {
  if (name === 'lane') return t(`lane.${value as Lane}`)
  if (name === 'role') return t(`role.${value as Role}`)
  return name === 'kind' ? t(`kind.${value as SlipKind}`) : value
}
