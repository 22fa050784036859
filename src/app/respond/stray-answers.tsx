import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Device } from '#device/device'
import { deleteStrayDrafts, keepStrayDrafts } from '#device/stray-drafts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'

/**
 * Answers given before their slip was refused. Another slip could use them, but only their person may say so: whoever scans the
 * next slip on this phone may be somebody else.
 */
export function StrayAnswers({ device, count }: { device: Device; count: number }) {
  const { t } = useTranslation()
  const [state, setState] = useState<'asking' | 'kept' | 'deleted' | 'failed'>('asking')
  const act = (work: Promise<void>, done: 'kept' | 'deleted') =>
    void work.then(
      () => setState(done),
      () => setState('failed'),
    )
  return (
    <section data-stray={state}>
      <h2>{t('stray.title', { count })}</h2>
      {state === 'asking' || state === 'failed' ? (
        <>
          <p>{t('stray.text')}</p>
          {state === 'failed' && (
            <Notice kind="warning" live>
              {t('stray.failed')}
            </Notice>
          )}
          <div className="row">
            <Button id="keep-stray" onClick={() => act(keepStrayDrafts(device), 'kept')}>
              {t('stray.keep')}
            </Button>
            <Button id="delete-stray" kind="secondary" onClick={() => act(deleteStrayDrafts(device, 'all'), 'deleted')}>
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
