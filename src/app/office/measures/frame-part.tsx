import { useTranslation } from 'react-i18next'
import { FRAME_ID } from '#measures/plan'
import { Disclosure } from '#ui/disclosure.tsx'
import { LineField } from './line-field.tsx'
import { usePlan } from './plan-context.ts'
import { ProseField } from './prose-field.tsx'
import { useLimits } from './use-limits.ts'
import { useRow } from './use-row.ts'

const LIMITS = { iit: 'limitsIit', eit: 'limitsEit' } as const

/** What the documents need beside the table: who signs, which digits, what others published, and the limits of the survey. */
export function FramePart() {
  const { t } = useTranslation()
  const { plan, mayChange } = usePlan()
  const { frame } = plan
  const change = useRow(FRAME_ID, frame)
  const drafted = useLimits()
  return (
    <section id="plan-frame" data-frame>
      <Disclosure summary={t('measures.frame')}>
        <LineField
          label={t('measures.signatory')}
          name="signatory"
          value={frame.signatory}
          onChange={(signatory) => change({ signatory })}
        />
        <LineField label={t('measures.post')} name="post" value={frame.post} onChange={(post) => change({ post })} />
        <div className="field">
          <label htmlFor="digits">{t('measures.digits')}</label>
          <select
            id="digits"
            value={frame.digits}
            disabled={!mayChange}
            onChange={({ target }) => change({ digits: target.value === 'thai' ? 'thai' : 'arabic' })}
          >
            <option value="arabic">{t('measures.digitsArabic')}</option>
            <option value="thai">{t('measures.digitsThai')}</option>
          </select>
        </div>
        <ProseField
          label={t('measures.standing')}
          help={t('measures.standingHelp')}
          row={FRAME_ID}
          field="standing"
          value={frame.standing}
          onChange={(standing) => change({ standing })}
        />
        {(['iit', 'eit'] as const).map((of) => (
          <ProseField
            key={of}
            label={t(of === 'iit' ? 'measures.limitsIit' : 'measures.limitsEit')}
            help={t('measures.limitsHelp')}
            row={FRAME_ID}
            field={LIMITS[of]}
            value={frame[LIMITS[of]] ?? drafted[of].join('\n')}
            onChange={(text) => change({ [LIMITS[of]]: text })}
          />
        ))}
      </Disclosure>
    </section>
  )
}
