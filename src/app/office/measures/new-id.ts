import { toBase64Url } from '#protocol/bytes'

/** Id of a new row: nobody else makes the same. Begins with a letter, as keys do. */
export function newId(): string {
  return `r${toBase64Url(crypto.getRandomValues(new Uint8Array(16)))}`
}
