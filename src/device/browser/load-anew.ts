const TRIES = 'prongsai.anew'
const AFTER_MS = 3000
/** A file that comes and fails all the same is no matter of the network: then the page stays as it is. */
const MOST_TRIES = 3

/**
 * Loads the page anew once one of its scripts can be had, or when there is none by that name any more because the app was
 * updated: a browser may not import again what it could not import once. What was answered is stored, and comes back.
 */
export function loadAnewOnceReached(script: string): void {
  setTimeout(() => {
    fetch(script, { cache: 'reload' }).then(
      ({ status, headers }) => {
        // a page in between that asks for a sign-in is no script
        const isScript = status === 200 && /javascript/.test(headers.get('content-type') ?? '')
        if (isScript || status === 404) loadAnew()
        else loadAnewOnceReached(script)
      },
      () => loadAnewOnceReached(script),
    )
  }, AFTER_MS)
}

/** All came: what fails from now on is counted from the beginning. */
export function forgetTries(): void {
  try {
    sessionStorage.removeItem(TRIES)
  } catch {
    // see below
  }
}

function loadAnew(): void {
  try {
    const tries = Number(sessionStorage.getItem(TRIES) ?? 0)
    if (tries >= MOST_TRIES) return
    sessionStorage.setItem(TRIES, String(tries + 1))
    location.reload()
  } catch {
    // a browser that lets nothing be counted is not sent round in circles
  }
}
