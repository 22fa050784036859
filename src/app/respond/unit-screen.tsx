import { useState } from 'react'
import { type UseFormReturn, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { Manifest } from '#protocol/manifest'
import { type FormValues, NO_UNIT } from '#questions/form-values.ts'
import { Button } from '#ui/button.tsx'
import { Choices } from '#ui/choices.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'

interface UnitScreenProps {
  readonly form: UseFormReturn<FormValues>
  readonly manifest: Manifest
  readonly onSave: () => void
  readonly onNext: () => void
  readonly onBack: () => void
}

/** Staff may name their unit, and need not. */
export function UnitScreen({ form, manifest, onSave, onNext, onBack }: UnitScreenProps) {
  const { t } = useTranslation()
  const unit = useWatch({ control: form.control, name: 'unit' })
  const [asked, setAsked] = useState(false)
  const units = (manifest.units ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Page title={t('unit.title')} pageKey="unit">
      <p>{t('unit.text', { k: manifest.k.iit })}</p>
      <div className="question">
        <fieldset data-opening="unit">
          <legend>{t('unit.which')}</legend>
          <Choices
            registration={form.register('unit', { onChange: onSave })}
            choices={[{ value: NO_UNIT, label: t('unit.none') }, ...units]}
          />
        </fieldset>
      </div>
      {asked && !unit && (
        <Notice kind="warning" live>
          {t('unit.missing')}
        </Notice>
      )}
      <div className="row end">
        <Button kind="secondary" onClick={onBack}>
          {t('question.back')}
        </Button>
        <Button onClick={() => (unit ? onNext() : setAsked(true))}>{t('opening.next')}</Button>
      </div>
    </Page>
  )
}
