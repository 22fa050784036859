import { useTranslation } from 'react-i18next'
import { yearToSheets } from '#authoring/to-sheets'
import type { YearDocument } from '#instruments/years'
import type { Questionnaire } from '#survey/questionnaire'
import { useFormWords } from '../asking/use-form-words.ts'
import { GoldenTable } from './golden-table.tsx'
import { HEADINGS, headings } from './words.ts'

/** Sheets whose rows are printed above as questions. */
const ELSEWHERE: ReadonlySet<string> = new Set(HEADINGS.flatMap(({ sheet }) => [sheet.set, sheet.items, sheet.options]))

interface ProofSheetProps {
  readonly document: YearDocument
  /** Of the document: what was signed is what is confirmed. */
  readonly hash: string
  readonly forms: readonly Questionnaire[]
}

/** On paper only: every question with its options and scores, to be compared with the manual and signed by two. */
export function ProofSheet({ document, hash, forms }: ProofSheetProps) {
  const { t } = useTranslation()
  const { source, rules } = document
  return (
    <section className="sheet" aria-hidden="true">
      <h1>{t('instruments.proofTitle', { id: rules.id, year: rules.fiscalYear })}</h1>
      <p className="fingerprint">{t('instruments.fingerprint', { hash })}</p>
      {source && <p>{[source.document, source.page, source.address, source.accessed].filter(Boolean).join(' · ')}</p>}
      {forms.map((form) => (
        <FormProof key={form.id} form={form} weight={rules.weights[form.instrument] ?? 0} />
      ))}
      <Rules document={document} />
      <GoldenTable document={document} />
      {(['first', 'second'] as const).map((who) => (
        <p key={who} className="sign">
          {t(`instruments.sign.${who}`)} <span /> {t('instruments.signDay')} <span />
        </p>
      ))}
    </section>
  )
}

/** Indicators, samples and parts, levels, topics: as they stand on the sheets that were filled in. */
function Rules({ document }: { document: YearDocument }) {
  const sheets = yearToSheets(document, headings()).filter(({ name }) => !ELSEWHERE.has(name))
  return sheets.map(({ name, rows: [head = [], ...rows] }) => (
    <table key={name} className="counts">
      <caption>{name}</caption>
      <thead>
        <tr>
          {head.map((heading) => (
            <th key={heading} scope="col">
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.join('|')}>
            {row.map((cell, at) =>
              at === 0 ? (
                <th key={head[at]} scope="row">
                  {cell}
                </th>
              ) : (
                <td key={head[at]}>{cell}</td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  ))
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
