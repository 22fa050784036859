interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string }
}

let trusted: { createScriptURL(url: string): string } | undefined

/** Starts a worker of this app: the page's policy lets only addresses through that it was told of, once. */
export function startWorker(url: string): Worker {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  trusted ??= trustedTypes?.createPolicy('prongsai-worker', { createScriptURL: own })
  return new Worker((trusted?.createScriptURL(url) ?? own(url)) as string, { type: 'module' })
}

function own(url: string): string {
  if (new URL(url, location.href).origin !== location.origin) throw new TypeError('not a worker of this app')
  return url
}
