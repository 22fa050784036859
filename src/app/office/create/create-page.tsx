import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toBase64Url } from '#protocol/bytes'
import type { Campaign } from '#protocol/manifest'
import type { RoundView } from '#protocol/office'
import { keepsTo } from '#protocol/round-commitment'
import { makeBoxKeys } from '#protocol/sealed-box'
import { Page } from '#ui/page.tsx'
import { ask, type Refused } from '../asking/ask.ts'
import { useOffice } from '../asking/office-context.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { campaignOf } from '../asking/rounds.ts'
import { useOnce } from '../asking/use-once.ts'
import { Ceremony } from '../keys/ceremony.tsx'
import { cidOf, isOurs, named } from './as-planned.ts'
import { type PlanFields, planOf } from './plan.ts'
import { PlanForm } from './plan-form.tsx'

interface Made {
  readonly round: RoundView
  readonly campaign: Campaign
  readonly privateKey: Uint8Array<ArrayBuffer>
}

/**
 * A new round: what it is, then the key ceremony. The box's keys are made here; only the public one leaves this page. What
 * comes back is not believed: a round that names another box's key than the one just made, or is otherwise not what was
 * planned, is refused, because everything that is answered could be read by whoever has that key.
 */
export function CreatePage() {
  const { t } = useTranslation()
  const { withProof } = useOffice()
  const [made, setMade] = useState<Made | null>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  const create = useOnce(async (fields: PlanFields) => {
    const { emblem } = fields
    const plan = { ...planOf(fields), ...(await named(emblem)) }
    const promised = await withProof(() => ask('POST /rounds/commitment', { body: { plan, emblem } }))
    if ('refused' in promised) return setRefused(promised)
    // only now: what the collector has said cannot have been chosen to go with this key
    const { privateKey, publicKey } = await makeBoxKeys()
    const { commitment } = promised.value
    const boxKey = toBase64Url(publicKey)
    const answer = await withProof(() => ask('POST /rounds', { body: { cid: cidOf(commitment), boxKey } }))
    const campaign = 'value' in answer ? await campaignOf(answer.value.round) : null
    const isKept = 'value' in answer && keepsTo(answer.value.round.manifest, commitment, boxKey)
    if ('value' in answer && campaign && isKept && (await isOurs(campaign.manifest, plan, boxKey)))
      return setMade({ round: answer.value.round, campaign, privateKey })
    privateKey.fill(0)
    setRefused('refused' in answer ? answer : { refused: 'manifest-not-as-made' })
  })
  return (
    <Page title={made ? t('ceremony.title') : t('create.title')} pageKey={made ? 'ceremony' : 'create'}>
      {made ? (
        <Ceremony round={made.round} campaign={made.campaign} privateKey={made.privateKey} />
      ) : (
        <>
          <PlanForm onPlan={create} />
          <RefusalNotice refused={refused} />
        </>
      )}
    </Page>
  )
}
