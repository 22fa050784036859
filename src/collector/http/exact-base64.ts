import { RefusalError } from './refusal.ts'

/** Bytes of base64url text whose length a schema has checked already. Throws on a second spelling of the same bytes. */
export function exactBytes(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text) throw new RefusalError(400, 'bad-request', 'not canonical base64url')
  return bytes
}
