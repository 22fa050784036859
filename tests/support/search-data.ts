import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What was delivered, and is looked for. */
export interface Sought {
  readonly sealed: Uint8Array
  readonly nf: Uint8Array
}

/** Every file of a folder, whatever it is; or those only that were written to since a moment, ms since 1970. */
export function filesIn(folder: string, since = 0): Buffer[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const files = entries.map((entry) => join(entry.parentPath, entry.name))
  return files.filter((file) => statSync(file).mtimeMs >= since).map((file) => readFileSync(file))
}

/** Of how many deliveries 64 bytes of the response, or 24 of the ticket's name, can be read in any of these files. */
export function readable(files: readonly Buffer[], sought: readonly Sought[]): { responses: number; tickets: number } {
  const seen = (bytes: Uint8Array) => files.some((file) => file.includes(Buffer.from(bytes)))
  return {
    responses: sought.filter(({ sealed }) => seen(sealed.subarray(600, 664))).length,
    tickets: sought.filter(({ nf }) => seen(nf.subarray(0, 24))).length,
  }
}
