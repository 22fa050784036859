import { useTranslation } from 'react-i18next'
import type { Draft } from '#device/draft'
import { payloadOf } from '#device/seal'
import type { OutboxRecord } from '#device/store'
import type { Campaign } from '#protocol/manifest'
import { boxBody } from '#protocol/messages'
import { PADDED_SIZE } from '#protocol/sizes'
import { Disclosure } from '#ui/disclosure.tsx'
import type { Session, TicketOf } from './stage.ts'

const FIELDS = ['form', 'part', 'answers', 'coarse', 'v'] as const

/** "See exactly what leaves this phone": the fields before, the very values while reviewing, the very bytes once sealed. */
export function Leaves({
  session,
  draft,
  record,
}: {
  session?: Session | undefined
  draft?: Draft
  record?: OutboxRecord
}) {
  const { t } = useTranslation()
  const size = (session?.campaign?.manifest.size ?? PADDED_SIZE).toLocaleString('en')
  return (
    <Disclosure summary={t('leaves.summary')}>
      <p>{t('leaves.lead')}</p>
      <dl className="fields">
        {FIELDS.map((field) => (
          <div key={field}>
            <dt>
              <code>{field}</code>
            </dt>
            <dd>{t(`leaves.field.${field}`)}</dd>
          </div>
        ))}
      </dl>
      <p>{t('leaves.size', { size })}</p>
      <p>{t('leaves.nothingElse')}</p>
      {session?.campaign && draft && (
        <Bytes label={t('leaves.plain')} text={plainOf(session.campaign, session.ticket, draft)} />
      )}
      {record && <SentBytes record={record} />}
    </Disclosure>
  )
}

function SentBytes({ record }: { record: OutboxRecord }) {
  const { t } = useTranslation()
  const body = boxBody(record.cid, [record])
  return <Bytes label={t('leaves.body', { size: body.length.toLocaleString('en') })} text={body} />
}

function Bytes({ label, text }: { label: string; text: string }) {
  return (
    <figure className="bytes">
      <figcaption>{label}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1) */}
      <pre tabIndex={0} lang="en">
        {text}
      </pre>
    </figure>
  )
}

function plainOf(campaign: Campaign, ticket: TicketOf, draft: Draft): string {
  return JSON.stringify(payloadOf(campaign, ticket, draft), null, 1)
}
