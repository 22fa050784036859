import { startAuthentication, startRegistration } from '@simplewebauthn/browser'
import type { JoinOptions } from '#protocol/office'
import { type Answer, ask } from '../asking/ask.ts'

type AuthenticationOptions = Parameters<typeof startAuthentication>[0]['optionsJSON']
type RegistrationOptions = Parameters<typeof startRegistration>[0]['optionsJSON']

/** Passkeys need a secure page, and a host name: a number is none. */
export function passkeysWork(): 'yes' | 'no-browser' | 'number' {
  if (!window.isSecureContext || !('credentials' in navigator) || !('PublicKeyCredential' in window))
    return 'no-browser'
  return /^[\d.:[\]]+$/.test(location.hostname) ? 'number' : 'yes'
}

/** Shows a passkey to sign in (`/sign-in`) or to prove again who one is (`/prove`). */
export async function showPasskey(to: '/sign-in' | '/prove'): Promise<Answer<unknown>> {
  const begun = await ask(`POST ${to}/options`)
  if ('refused' in begun) return begun
  const { challenge, options } = begun.value
  try {
    const response = await startAuthentication({ optionsJSON: options as AuthenticationOptions })
    return await ask(`POST ${to}/passkey`, { body: { challenge, response: { ...response } } })
  } catch {
    // cancelled, no passkey here, or the device said no: the person knows which
    return { refused: 'passkey-not-shown' }
  }
}

/** Makes a passkey for a new account. */
export async function makePasskey(token: string, { challenge, options }: JoinOptions): Promise<Answer<unknown>> {
  try {
    const response = await startRegistration({ optionsJSON: options as RegistrationOptions })
    return await ask('POST /join/passkey', { body: { token, challenge, response: { ...response } } })
  } catch {
    return { refused: 'passkey-not-made' }
  }
}
