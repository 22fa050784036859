import { useTranslation } from 'react-i18next'
import type { Lane } from '#protocol/lane'
import { INTL_LOCALES, languageOf } from '#protocol/language'
import { isDemonstration, type Manifest } from '#protocol/manifest'
import { Notice } from '#ui/notice.tsx'

interface WeakerPromisesProps {
  readonly manifest: Manifest
  readonly lane: Lane | null
  readonly canStart: boolean
}

/** What makes this round's promise weaker than a drawn round with several key holders: said before anybody answers. */
export function WeakerPromises({ manifest, lane, canStart }: WeakerPromisesProps) {
  const { t, i18n } = useTranslation()
  const today = new Date()
  const opens = bangkokMidnight(manifest.answerWindow.from)
  return (
    <>
      {isDemonstration(manifest) && (
        <Notice kind="warning">
          <span data-weaker="demonstration">{t('welcome.demonstration')}</span>
        </Notice>
      )}
      {manifest.handout === 'named' && (
        <Notice kind="warning">
          <span data-weaker="named">{t('welcome.named')}</span>
        </Notice>
      )}
      {lane === 'eit-open' && (
        <Notice>
          <span data-weaker="open">{t('welcome.open')}</span>
        </Notice>
      )}
      {canStart && today < opens && <Notice>{t('welcome.answersFrom', { day: inWords(opens, i18n.language) })}</Notice>}
    </>
  )
}

/** A day of the manifest in words: Buddhist years in Thai. */
export function dayInWords(day: string, language: string): string {
  return inWords(bangkokMidnight(day), language)
}

function bangkokMidnight(day: string): Date {
  return new Date(`${day}T00:00:00+07:00`)
}

/** On one line: a year alone at the beginning of the next is no year of anything. */
function inWords(date: Date, language: string): string {
  return new Intl.DateTimeFormat(INTL_LOCALES[languageOf(language)], {
    dateStyle: 'long',
    timeZone: 'Asia/Bangkok',
  })
    .format(date)
    .replace(/ /g, '\u00a0')
}
