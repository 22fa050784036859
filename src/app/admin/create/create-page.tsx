import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toBase64Url } from '#protocol/bytes'
import type { RoundView } from '#protocol/office'
import { makeBoxKeys } from '#protocol/sealed-box'
import { Page } from '#ui/page.tsx'
import { post, type Refused } from '../ask.ts'
import { useOffice } from '../office-context.ts'
import { RefusalNotice } from '../refusal-notice.tsx'
import { useOnce } from '../use-once.ts'
import { Ceremony } from './ceremony.tsx'
import { type PlanFields, planOf } from './plan.ts'
import { PlanForm } from './plan-form.tsx'

interface Made {
  readonly round: RoundView
  readonly privateKey: Uint8Array<ArrayBuffer>
}

/** A new round: what it is, then the key ceremony. The box's keys are made here; only the public one leaves this page. */
export function CreatePage() {
  const { t } = useTranslation()
  const { withProof } = useOffice()
  const [made, setMade] = useState<Made | null>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  const create = useOnce(async (fields: PlanFields) => {
    const { privateKey, publicKey } = await makeBoxKeys()
    const body = { plan: planOf(fields), boxKey: toBase64Url(publicKey) }
    const answer = await withProof(() => post<{ round: RoundView }>('/rounds', body))
    setRefused('refused' in answer ? answer : null)
    if ('value' in answer) setMade({ round: answer.value.round, privateKey })
  })
  return (
    <Page title={made ? t('ceremony.title') : t('create.title')} pageKey={made ? 'ceremony' : 'create'}>
      {made ? (
        <Ceremony round={made.round} privateKey={made.privateKey} />
      ) : (
        <>
          <PlanForm onPlan={create} />
          <RefusalNotice refused={refused} />
        </>
      )}
    </Page>
  )
}
