import { useEffect, useState } from 'react'
import { checkNumber } from '#protocol/check-number'

/** The check number of a fingerprint; null while it is worked out, which takes a moment on purpose. */
export function useCheckNumber(mh: Uint8Array | null): string | null {
  const [known, setKnown] = useState<{ readonly mh: Uint8Array; readonly number: string } | null>(null)
  useEffect(() => {
    if (!mh) return
    let current = true
    void checkNumber(mh).then(
      (number) => current && setKnown({ mh, number }),
      // no cryptography: then there is no ticket either, and the screen that owns it says so
      () => undefined,
    )
    return () => {
      current = false
    }
  }, [mh])
  return known && known.mh === mh ? known.number : null
}
