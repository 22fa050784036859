import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { hasInstallOffer, install, onInstallOffer } from '#device/browser/install'
import { keepStorage } from '#device/browser/keep-storage'
import { Button } from '#ui/button.tsx'

interface Health {
  readonly kept: boolean
  /** Bytes that may still be stored, null where the browser does not say. */
  readonly left: number | null
}

const GIGABYTE = 1e9

/** Whether the system keeps what is stored here, how much room there is, and what an officer can do about it. */
export function StorageLine() {
  const { t, i18n } = useTranslation('counter')
  const [health, setHealth] = useState<Health | null>(null)
  const canInstall = useSyncExternalStore(onInstallOffer, hasInstallOffer)
  const look = () => void storageHealth().then(setHealth)
  useEffect(look, [])
  if (health === null) return null
  const { kept, left } = health
  return (
    <div className="no-print" data-storage={kept ? 'kept' : 'loose'}>
      <p>
        {t('panel.storage')}: {t(kept ? 'panel.storageKept' : 'panel.storageLoose')}
      </p>
      {left !== null && <p>{t('panel.storageLeft', { size: inWords(left, i18n.language) })}</p>}
      <div className="rescue">
        {!kept && (
          <Button kind="secondary" id="keep-storage" onClick={() => void keepStorage().then(look)}>
            {t('panel.storageAsk')}
          </Button>
        )}
        {canInstall && (
          <Button kind="secondary" id="install" onClick={() => void install()}>
            {t('panel.install')}
          </Button>
        )}
      </div>
    </div>
  )
}

/** A gigabyte is room for half a million sealed responses. */
function inWords(bytes: number, language: string): string {
  const [unit, size] =
    bytes < GIGABYTE ? (['megabyte', bytes / 1e6] as const) : (['gigabyte', bytes / GIGABYTE] as const)
  const format = { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 } as const
  return new Intl.NumberFormat(language, format).format(Math.floor(size))
}

async function storageHealth(): Promise<Health> {
  // WebKitGTK has no navigator.storage at all
  const { storage } = navigator as { storage?: StorageManager }
  const kept = (await storage?.persisted?.().catch(() => false)) ?? false
  const estimate = await storage?.estimate?.().catch(() => null)
  const known = estimate?.quota !== undefined && estimate.usage !== undefined
  return { kept, left: known ? Math.max(0, (estimate.quota ?? 0) - (estimate.usage ?? 0)) : null }
}
