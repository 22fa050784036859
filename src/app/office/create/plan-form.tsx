import { Controller, type UseFormReturn, useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { bundledYears, yearOf } from '#instruments/years'
import { bangkokDay } from '#protocol/day'
import { planFault } from '#protocol/round-plan'
import { COUNTED_LANES } from '#results/round-forms'
import { requiredSample } from '#survey/required-sample'
import { Notice } from '#ui/notice.tsx'
import { countOf } from '../asking/count-of.ts'
import { DayField } from '../asking/day-field.tsx'
import { loadImported } from '../asking/imported.ts'
import { TextField } from '../asking/text-field.tsx'
import { useLoaded } from '../asking/use-loaded.ts'
import { HOLDERS } from '../keys/holders.ts'
import { EmblemField } from './emblem-field.tsx'
import { emptyPlan, lineWithoutPeople, type PlanFields, planOf } from './plan.ts'

type Form = UseFormReturn<PlanFields>

/** Everything one decides about a round, with what follows from it beside it. */
export function PlanForm({ onPlan }: { onPlan: (fields: PlanFields) => Promise<void> }) {
  const { t } = useTranslation()
  const form = useForm<PlanFields>({ defaultValues: emptyPlan(), shouldFocusError: true })
  const send = form.handleSubmit(async (fields) => {
    if (!faultOf(fields)) await onPlan(fields)
  })
  return (
    <form onSubmit={(event) => void send(event)} className="plan" data-form="plan">
      <p className="lead">{t('create.lead')}</p>
      <About form={form} />
      <People form={form} />
      <Days form={form} />
      <Groups form={form} />
      <h2>{t('create.keys')}</h2>
      <p>{t('create.keysText', HOLDERS)}</p>
      <Faults form={form} />
      <div className="row">
        <button
          type="submit"
          className="button primary"
          id="make-draft"
          aria-disabled={form.formState.isSubmitting || undefined}
        >
          {t('create.make')}
        </button>
      </div>
    </form>
  )
}

function faultOf(fields: PlanFields) {
  return planFault(planOf(fields), bangkokDay(Date.now()))
}

/** What is wrong with the plan as a whole; told once something was tried. */
function Faults({ form }: { form: Form }) {
  const { t } = useTranslation()
  const fields = useWatch({ control: form.control }) as PlanFields
  const fault = form.formState.isSubmitted ? faultOf(fields) : null
  if (!fault) return null
  const lane = 'lane' in fault ? t(`lane.${fault.lane}`) : ''
  return (
    <Notice kind="warning" live>
      <span data-fault={fault.fault}>{t(`refused.detail.${fault.fault}`, { ...fault, lane })}</span>
    </Notice>
  )
}

/** What everybody reads on slips and screens, and how long it may be. */
const NAMES = [
  ['agencyTh', 200],
  ['shortTh', 40],
  ['agencyEn', 200],
  ['shortEn', 40],
  ['enquiriesWho', 200],
  ['enquiriesHow', 200],
] as const

function About({ form: { register, control, formState } }: { form: Form }) {
  const { t } = useTranslation()
  const needed = (field: (typeof NAMES)[number][0] | 'fiscalYear') =>
    formState.errors[field] ? t('create.needed') : undefined
  return (
    <section>
      <h2>{t('create.about')}</h2>
      <TextField
        label={t('create.year')}
        type="number"
        registration={register('fiscalYear', { required: true, min: 2500, max: 2700 })}
        error={needed('fiscalYear')}
      />
      <Instruments form={{ register, control }} />
      <Controller
        control={control}
        name="emblem"
        render={({ field: { value, onChange } }) => <EmblemField value={value} onChange={onChange} />}
      />
      {NAMES.map(([name, maxLength]) => (
        <TextField
          key={name}
          label={t(`create.${name}`)}
          {...(name === 'enquiriesWho' || name === 'enquiriesHow' ? { help: t(`create.${name}Help`) } : {})}
          registration={register(name, { required: true, maxLength })}
          error={needed(name)}
        />
      ))}
    </section>
  )
}

/** Whose questions are asked. Other than those of the year that is measured: then it is said. */
function Instruments({ form: { register, control } }: { form: Pick<Form, 'register' | 'control'> }) {
  const { t } = useTranslation()
  const [fiscalYear, instruments] = useWatch({ control, name: ['fiscalYear', 'instruments'] })
  const { value } = useLoaded(loadImported)
  const own = (value?.instruments ?? []).filter(({ confirmedBy }) => confirmedBy !== null)
  const year = yearOf(instruments)
  return (
    <div className="field">
      <label htmlFor="instruments">{t('create.instruments')}</label>
      <select id="instruments" aria-describedby="instruments-help" {...register('instruments')}>
        {bundledYears()
          .filter(({ status }) => status === 'published')
          .map(({ id, fiscalYear: of }) => (
            <option key={id} value={id}>
              {t('create.instrumentsOf', { year: of })}
            </option>
          ))}
        {own.map(({ id }) => (
          <option key={id} value={id}>
            {t('create.instrumentsOwn', { id, year: yearOf(id)?.fiscalYear })}
          </option>
        ))}
      </select>
      <span className="help" id="instruments-help">
        {year && String(year.fiscalYear) !== fiscalYear
          ? t('create.instrumentsOther', { year: year.fiscalYear, measured: fiscalYear })
          : t('create.instrumentsHelp')}
      </span>
    </div>
  )
}

function People({ form: { register, control } }: { form: Form }) {
  const { t } = useTranslation()
  const [people, instruments] = useWatch({ control, name: ['people', 'instruments'] })
  const sample = yearOf(instruments)?.sample ?? {}
  return (
    <section>
      <h2>{t('create.people')}</h2>
      <p>{t('create.peopleText')}</p>
      {COUNTED_LANES.map((lane) => {
        const [count, rule] = [countOf(people[lane] ?? ''), sample[lane]]
        return (
          <TextField
            key={lane}
            label={t(`lane.${lane}`)}
            type="number"
            help={
              count > 0 && rule
                ? t('create.required', { required: requiredSample(count, rule), count })
                : t(`create.help.${lane}`)
            }
            registration={register(`people.${lane}`)}
          />
        )
      })}
      <TextField
        label={t('create.openPerDay')}
        type="number"
        help={t('create.openHelp')}
        registration={register('openPerDay')}
      />
      <Places form={{ register, control }} />
    </section>
  )
}

/** Units and service points, as somebody pastes them from a list. */
function Places({ form: { register, control } }: { form: Pick<Form, 'register' | 'control'> }) {
  const { t } = useTranslation()
  const bad = lineWithoutPeople(useWatch({ control, name: 'units' }))
  return (
    <>
      {(['units', 'points'] as const).map((what) => (
        <div className="field" key={what}>
          <label htmlFor={what}>{t(`create.${what}`)}</label>
          <span className="help" id={`${what}-help`}>
            {t(`create.${what}Help`)}
          </span>
          <textarea id={what} rows={4} aria-describedby={`${what}-help`} {...register(what)} />
        </div>
      ))}
      {bad && <span className="error">{t('create.unitLine', { line: bad })}</span>}
    </>
  )
}

const WINDOWS = ['issueFrom', 'issueTo', 'answerFrom', 'answerTo', 'closesOn'] as const

function Days({ form: { control, register } }: { form: Form }) {
  const { t } = useTranslation()
  return (
    <section>
      <h2>{t('create.days')}</h2>
      <p>{t('create.daysText')}</p>
      {WINDOWS.map((name) => (
        <Controller
          key={name}
          control={control}
          name={name}
          render={({ field }) => (
            <DayField label={t(`create.${name}`)} name={name} value={field.value} onChange={field.onChange} />
          )}
        />
      ))}
      <fieldset className="choices">
        <legend>{t('create.handout')}</legend>
        {(['drawn', 'named'] as const).map((how) => (
          <label key={how} className="choice">
            <input type="radio" value={how} {...register('handout')} />
            <span>{t(`create.${how}`)}</span>
          </label>
        ))}
      </fieldset>
    </section>
  )
}

function Groups({ form: { register } }: { form: Form }) {
  const { t } = useTranslation()
  return (
    <section>
      <h2>{t('create.groups')}</h2>
      <p>{t('create.groupsText')}</p>
      <TextField label={t('create.kIit')} type="number" registration={register('kIit', { required: true })} />
      <TextField label={t('create.kEit')} type="number" registration={register('kEit', { required: true })} />
    </section>
  )
}
