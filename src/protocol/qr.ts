import encodeQR from 'qr'

/** Modules of white around a QR; cameras find its edge by it. */
const QUIET = 4

/** The modules of a text's QR, true is dark, with white around them. */
export function modulesOfText(text: string): boolean[][] {
  return encodeQR(text, 'raw', { border: QUIET })
}

/** The modules of bytes as they are. Throws when they do not fit into the version. */
export function modulesOfBytes(bytes: Uint8Array, version: number): boolean[][] {
  const textEncoder = () => bytes
  return encodeQR(latin1(bytes), 'raw', { border: QUIET, ecc: 'low', encoding: 'byte', version, textEncoder })
}

/** Bytes as a text of as many characters, for interfaces that speak text only. */
export function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}

/** And back. */
export function bytesOfLatin1(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}
