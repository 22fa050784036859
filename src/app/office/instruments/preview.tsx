import { useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import { useForm } from 'react-hook-form'
import { I18nextProvider, useTranslation } from 'react-i18next'
import { questionnairesOf, type YearDocument } from '#instruments/years'
import { canonicalHash } from '#protocol/json'
import { emptyForm, type FormValues } from '#questions/form-values.ts'
import { type Manner, Question } from '#questions/question.tsx'
import type { Questionnaire } from '#survey/questionnaire'
import { Button } from '#ui/button.tsx'
import { Disclosure } from '#ui/disclosure.tsx'
import { addWordsOf } from '../asking/learn.ts'
import { ProofSheet } from './proof-sheet.tsx'

/** The very questions that people will see, as wide as a small phone; read aloud as at a counter; and as a sheet to sign. */
export function Preview({ document }: { document: YearDocument }) {
  const { t } = useTranslation()
  addWordsOf(document)
  const forms = questionnairesOf(document)
  const [isPrinting, setPrinting] = useState(false)
  const page = window.document.querySelector('.page')
  const [hash, setHash] = useState('')
  const print = async () => {
    setHash(await canonicalHash(document))
    // on paper only what is a sheet of the page is printed; it is there for as long as it prints
    flushSync(() => setPrinting(true))
    window.print()
    setPrinting(false)
  }
  return (
    <>
      {forms
        .filter(({ instrument }) => instrument !== 'oit')
        .map((form) => (
          <Disclosure
            key={form.id}
            quiet
            lazy
            summary={t('instruments.preview', { form: form.instrument.toUpperCase() })}
          >
            <PhoneFrame questionnaire={form} manner={form.instrument === 'iit' ? 'alone' : 'shared'} />
          </Disclosure>
        ))}
      <div className="row">
        <Button kind="secondary" onClick={() => void print()}>
          {t('instruments.proof')}
        </Button>
      </div>
      {page && isPrinting && createPortal(<ProofSheet document={document} hash={hash} forms={forms} />, page)}
    </>
  )
}

function PhoneFrame({ questionnaire, manner }: { questionnaire: Questionnaire; manner: Manner }) {
  const { i18n } = useTranslation()
  const form = useForm<FormValues>({ defaultValues: emptyForm() })
  const { items } = questionnaire
  return (
    <I18nextProvider i18n={i18n} defaultNS="respond">
      <div className="phone-frame" data-preview={questionnaire.id}>
        {items.map((item, at) => (
          <Question
            key={item.id}
            form={form}
            formId={questionnaire.id}
            item={item}
            number={at + 1}
            all={items.length}
            missing={false}
            onAnswer={() => undefined}
            manner={manner}
          />
        ))}
      </div>
    </I18nextProvider>
  )
}
