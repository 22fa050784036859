import { type ChangeEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Device } from '#device/device'
import { makeRescue, type RescueOutcome, takeRescue } from '#device/rescue'
import { Button } from '#ui/button.tsx'
import { Disclosure } from '#ui/disclosure.tsx'
import { Notice } from '#ui/notice.tsx'

interface RescueProps {
  readonly device: Device
  readonly waiting: number
  readonly onTaken: () => void
}

/** The sealed queue out as a file, and another tablet's file in. */
export function RescueBlock({ device, waiting, onTaken }: RescueProps) {
  const { t } = useTranslation('counter')
  const [taken, setTaken] = useState<RescueOutcome | null>(null)
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? []
    if (!file) return
    const bytes = new Uint8Array(await file.arrayBuffer())
    // the same file may be chosen again
    event.target.value = ''
    setTaken(await takeRescue(device, bytes).catch((): RescueOutcome => ({ outcome: 'not-a-rescue-file' })))
    onTaken()
  }
  return (
    <div className="no-print">
      <Disclosure summary={t('panel.rescueTitle')}>
        <p>{t('panel.rescueHelp')}</p>
        {waiting > 0 && (
          <Button kind="secondary" id="rescue-save" onClick={() => void saveFiles(device)}>
            {t('panel.rescueSave')}
          </Button>
        )}
        <label className="button secondary file">
          {t('panel.rescueTake')}
          <input type="file" accept=".json,application/json" name="rescue" onChange={(event) => void take(event)} />
        </label>
        {taken && (
          <Notice live kind={taken.outcome === 'taken' ? 'good' : 'warning'}>
            <span data-rescue={taken.outcome}>
              {taken.outcome === 'taken'
                ? t('panel.rescueTaken', { added: taken.added, known: taken.known })
                : t('panel.rescueNot')}
            </span>
          </Notice>
        )}
      </Disclosure>
    </div>
  )
}

async function saveFiles(device: Device): Promise<void> {
  for (const rescue of await makeRescue(device)) {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([JSON.stringify(rescue)], { type: 'application/json' }))
    link.download = `prongsai-rescue-${rescue.items.length}.json`
    link.click()
    // the browser reads the file after this turn
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  }
}
