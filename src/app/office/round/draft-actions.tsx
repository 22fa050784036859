import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoundView } from '#protocol/office'
import { ask, type Refused } from '../asking/ask.ts'
import { Confirm } from '../asking/confirm.tsx'
import { useOffice } from '../asking/office-context.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'

/** A ceremony that was broken off: the draft goes, with keys that nobody can use any more. */
export function DraftActions({ round }: { round: RoundView }) {
  const { t } = useTranslation()
  const { withProof, go } = useOffice()
  const [refused, setRefused] = useState<Refused | null>(null)
  const discard = async () => {
    const answer = await withProof(() => ask('POST /rounds/:cid/discard', { cid: round.cid }))
    if ('refused' in answer) setRefused(answer)
    else go({ at: 'rounds' })
  }
  return (
    <section>
      <h2>{t('draft.title')}</h2>
      <p>{t('draft.text')}</p>
      <Confirm id="discard" label={t('draft.discard')} yes={t('draft.yes')} onYes={discard}>
        <p>{t('draft.ask')}</p>
      </Confirm>
      <RefusalNotice refused={refused} />
    </section>
  )
}
