import { useContext, useEffect, useState } from 'react'
import { I18nContext } from 'react-i18next'
import { loadKnownCampaign } from '#device/campaign'
import type { Device } from '#device/device'
import type { TabletRecord } from '#device/store'
import type { Manifest } from '#protocol/manifest'
import { loadForm } from '#questions/forms.ts'
import type { Questionnaire } from '#survey/questionnaire'

/** While the questions cannot be fetched. */
const LOOK_AGAIN_MS = 5000

/** What a tablet's visitors are asked, and by whom. */
export interface Asked {
  readonly questionnaire: Questionnaire
  readonly manifest: Manifest
}

/** What this tablet's visitors are asked, as its round says; `loading` until it is here, `outdated` where this app does not have it. */
export function useTabletForm(device: Device, { cid, enrolment }: TabletRecord): Asked | 'loading' | 'outdated' {
  const i18n = useContext(I18nContext)?.i18n
  const lane = enrolment?.lane
  const [asked, setAsked] = useState<Asked | 'loading' | 'outdated'>('loading')
  useEffect(() => {
    if (!i18n || !lane) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const life = { over: false }
    const load = async () => {
      const campaign = await loadKnownCampaign(device, cid)
      const named = campaign?.manifest.lanes[lane]?.form
      const questionnaire = named ? await loadForm(i18n, named, campaign.manifest.emblem) : null
      if (life.over) return
      if (campaign && questionnaire) return setAsked({ questionnaire, manifest: campaign.manifest })
      setAsked(named ? 'outdated' : 'loading')
      timer = setTimeout(again, LOOK_AGAIN_MS)
    }
    const again = () =>
      void load().catch(() => {
        if (!life.over) timer = setTimeout(again, LOOK_AGAIN_MS)
      })
    again()
    return () => {
      life.over = true
      clearTimeout(timer)
    }
  }, [device, cid, lane, i18n])
  return asked
}
