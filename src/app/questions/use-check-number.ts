import { useEffect, useState } from 'react'
import { checkNumber } from '#protocol/check-number'

/**
 * The check number of a fingerprint; null while it is worked out, which takes a moment on purpose. A browser does it on the one
 * thread that does all its cryptography: `afterMs` lets go first what somebody waits for more.
 */
export function useCheckNumber(mh: Uint8Array | null, afterMs = 0): string | null {
  const [known, setKnown] = useState<{ readonly mh: Uint8Array; readonly number: string } | null>(null)
  useEffect(() => {
    if (!mh) return
    let current = true
    const timer = setTimeout(() => {
      void checkNumber(mh).then(
        (number) => current && setKnown({ mh, number }),
        // no cryptography: then there is no ticket either, and the screen that owns it says so
        () => undefined,
      )
    }, afterMs)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [mh, afterMs])
  return known && known.mh === mh ? known.number : null
}
