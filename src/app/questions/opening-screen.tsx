import { useState } from 'react'
import { type UseFormReturn, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { CONTACTS } from '#survey/contacts'
import { Button } from '#ui/button.tsx'
import { Choices } from '#ui/choices.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import type { FormValues } from './form-values.ts'

interface OpeningProps {
  readonly form: UseFormReturn<FormValues>
  readonly onSave: () => void
  readonly onNext: () => void
  readonly onDecline: () => void
  readonly onBack: () => void
}

/** Finds those who know the service: has used it, and what for. */
export function OpeningScreen({ form, onSave, onNext, onDecline, onBack }: OpeningProps) {
  const { t } = useTranslation()
  const [used, contact] = useWatch({ control: form.control, name: ['opening.used', 'opening.contact'] })
  const [asked, setAsked] = useState(false)
  const next = () => {
    if (used === 'no') onDecline()
    else if (used === 'yes' && contact) onNext()
    else setAsked(true)
  }
  return (
    <Page title={t('opening.title')} pageKey="opening">
      <div className="question">
        <fieldset data-opening="used">
          <legend>{t('opening.used')}</legend>
          <Choices
            registration={form.register('opening.used')}
            choices={[
              { value: 'yes', label: t('opening.usedYes') },
              { value: 'no', label: t('opening.usedNo') },
            ]}
          />
        </fieldset>
      </div>
      {/* in the page from the beginning: it is shown before the app has come, too */}
      <div className="question" hidden={used !== 'yes'}>
        <fieldset data-opening="contact">
          <legend>{t('opening.contact')}</legend>
          <Choices
            registration={form.register('opening.contact', { onChange: onSave })}
            choices={CONTACTS.map((value) => ({ value, label: t(`opening.choice.${value}`) }))}
          />
        </fieldset>
      </div>
      {asked && !(used === 'no' || contact) && (
        <Notice kind="warning" live>
          {t('opening.missing')}
        </Notice>
      )}
      <div className="row end">
        <Button kind="secondary" onClick={onBack}>
          {t('question.back')}
        </Button>
        <Button onClick={next}>{t('opening.next')}</Button>
      </div>
    </Page>
  )
}
