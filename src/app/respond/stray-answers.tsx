import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Device } from '#device/device'
import { discardDraft } from '#device/draft'
import { keepStray } from '#device/stray-drafts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'

interface StrayAnswersProps {
  readonly device: Device
  /** Id of the record of the ticket that they were given for. */
  readonly ticket: string
  readonly answered: number
}

/**
 * Answers given before their slip was refused. Another slip could use them, but only their person may say so: whoever scans the
 * next slip on this phone may be somebody else.
 */
export function StrayAnswers({ device, ticket, answered }: StrayAnswersProps) {
  const { t } = useTranslation()
  const [state, setState] = useState<'asking' | 'kept' | 'deleted' | 'failed'>('asking')
  const keep = () =>
    void keepStray(device, ticket).then(
      // gone meanwhile, by another tab's doing
      (isThere) => setState(isThere ? 'kept' : 'deleted'),
      () => setState('failed'),
    )
  const discard = () =>
    void discardDraft(device, ticket).then(
      () => setState('deleted'),
      () => setState('failed'),
    )
  return (
    <section data-stray={state}>
      <h2>{t('stray.title', { count: answered })}</h2>
      {state === 'asking' || state === 'failed' ? (
        <>
          <p>{t('stray.text')}</p>
          {state === 'failed' && (
            <Notice kind="warning" live>
              {t('stray.failed')}
            </Notice>
          )}
          <div className="row">
            <Button id="keep-stray" onClick={keep}>
              {t('stray.keep')}
            </Button>
            <Button id="delete-stray" kind="secondary" onClick={discard}>
              {t('stray.delete')}
            </Button>
          </div>
        </>
      ) : (
        <Notice live>{t(state === 'kept' ? 'stray.kept' : 'stray.deleted')}</Notice>
      )}
    </section>
  )
}
