import { useTranslation } from 'react-i18next'
import type { YearDocument } from '#instruments/years'
import type { Questionnaire } from '#survey/questionnaire'
import { useFormWords } from '../asking/use-form-words.ts'
import { GoldenTable } from './golden-table.tsx'

/** On paper only: every question with its options and scores, to be compared with the manual and signed by two. */
export function ProofSheet({ document, forms }: { document: YearDocument; forms: readonly Questionnaire[] }) {
  const { t } = useTranslation()
  const { source, rules } = document
  return (
    <section className="sheet" aria-hidden="true">
      <h1>{t('instruments.proofTitle', { id: rules.id, year: rules.fiscalYear })}</h1>
      {source && <p>{[source.document, source.page, source.address, source.accessed].filter(Boolean).join(' · ')}</p>}
      {forms.map((form) => (
        <FormProof key={form.id} form={form} weight={rules.weights[form.instrument] ?? 0} />
      ))}
      <GoldenTable document={document} />
      {(['first', 'second'] as const).map((who) => (
        <p key={who} className="sign">
          {t(`instruments.sign.${who}`)} <span /> {t('instruments.signDay')} <span />
        </p>
      ))}
    </section>
  )
}

function FormProof({ form, weight }: { form: Questionnaire; weight: number }) {
  const { t } = useTranslation()
  const { formTitle, itemText, optionWord } = useFormWords()
  return (
    <>
      <h2>
        {formTitle(form.id)} · {t('instruments.weight', { weight })}
      </h2>
      <ol className="proof-items">
        {form.items.map((item) => (
          <li key={item.id}>
            <strong>{item.id}</strong> {itemText(form.id, item.id)}
            {item.options.length > 0 && form.instrument !== 'oit' && (
              <ul>
                {item.options.map(({ code, score }, at) => (
                  <li key={code}>
                    {optionWord(form.id, item.scale, at)} — {score}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </>
  )
}
