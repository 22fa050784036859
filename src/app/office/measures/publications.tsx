import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { oitItemOf } from '#documents/document-name'
import type { Row } from '#measures/plan'
import { toHex } from '#protocol/bytes'
import { isAddress, type Publication } from '#protocol/measures'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { dayInWords } from '../asking/days.ts'
import { LineField } from './line-field.tsx'
import { newId } from './new-id.ts'
import { usePlan } from './plan-context.ts'

const DOCUMENTS = ['measures', 'report-half', 'report'] as const

/** Files that were published: an appeal may only point to what was there. Kept by their hash, with where they are and since when. */
export function Publications() {
  const { t } = useTranslation()
  const { plan, mayChange } = usePlan()
  return (
    <section data-publications={plan.publications.length}>
      <h3>{t('publications.title')}</h3>
      <p className="small">{t('publications.lead')}</p>
      <ul className="history">
        {plan.publications.map((one) => (
          <PublicationLine key={one.id} one={one} />
        ))}
      </ul>
      {mayChange && <NotePublication />}
    </section>
  )
}

/** Takes a file that was put on the web: its bytes are hashed here and go nowhere. */
function NotePublication() {
  const { t } = useTranslation()
  const { desk, today, forms } = usePlan()
  const id = useId()
  const [document, setDocument] = useState<Publication['document']>('measures')
  const note = async (file: File | undefined) => {
    if (!file) return
    const content: Publication = {
      ...{ kind: 'publication', document, hash: await hashOf(file), name: file.name.slice(0, 300) },
      ...{ address: '', on: today, checked: '' },
    }
    desk.change(newId(), content)
  }
  return (
    <div className="row">
      <select
        aria-label={t('publications.document')}
        name="publication"
        value={document}
        onChange={({ target }) => setDocument(target.value as Publication['document'])}
      >
        {DOCUMENTS.map((one) => (
          <option key={one} value={one}>
            {[oitItemOf(one, { forms }), t(`measures.doc.${one}`)].filter(Boolean).join(' ')}
          </option>
        ))}
      </select>
      <label htmlFor={id}>{t('publications.file')}</label>
      <input
        id={id}
        type="file"
        accept=".docx,.pdf"
        onChange={({ target }) => {
          void note(target.files?.[0])
          target.value = ''
        }}
      />
    </div>
  )
}

function PublicationLine({ one: { id, ...one } }: { one: Row<Publication> }) {
  const { t, i18n } = useTranslation()
  const { desk, today, mayChange } = usePlan()
  const isGood = one.address === '' || isAddress(one.address)
  const words = (day: string) => dayInWords(day, i18n.language)
  return (
    <li data-publication={one.document}>
      <p>
        {t(`measures.doc.${one.document}`)} · {t('publish.on', { day: words(one.on) })}
      </p>
      <p className="small" lang="th">
        {one.name}
      </p>
      <p className="small fingerprint">{one.hash.match(/.{1,8}/g)?.join(' ')}</p>
      <LineField
        type="url"
        label={t('publications.address')}
        name={`publication-${id}`}
        value={one.address}
        error={isGood ? null : t('oit.badLink')}
        onChange={(address) => desk.change(id, { ...one, address: address.trim() })}
      />
      {one.checked !== '' && <p className="small">{t('measures.checkedOn', { day: words(one.checked) })}</p>}
      <SameFile hash={one.hash} />
      {mayChange && (
        <div className="row">
          {isGood && one.address !== '' && one.checked !== today && (
            <Button kind="quiet" onClick={() => desk.change(id, { ...one, checked: today })}>
              {t('measures.checkedToday')}
            </Button>
          )}
          <Button kind="quiet" onClick={() => desk.change(id, one, true)}>
            {t('measures.remove')}
          </Button>
        </div>
      )}
    </li>
  )
}

/** Whether a file, for instance the one that is on the web now, is the one that was published. */
function SameFile({ hash }: { hash: string }) {
  const { t } = useTranslation()
  const id = useId()
  const [same, setSame] = useState<boolean | null>(null)
  return (
    <>
      <label htmlFor={id} className="small">
        {t('publications.compare')}
      </label>{' '}
      <input
        id={id}
        type="file"
        onChange={({ target }) => {
          const file = target.files?.[0]
          if (file) void hashOf(file).then((found) => setSame(found === hash))
        }}
      />
      {same !== null && (
        <Notice kind={same ? 'good' : 'warning'} live>
          {t(same ? 'publications.same' : 'publications.other')}
        </Notice>
      )}
    </>
  )
}

async function hashOf(file: File): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer())))
}
