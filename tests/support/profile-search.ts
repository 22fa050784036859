import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Files of a browser's profile that hold one of these byte strings, whatever the browser stores there. Files that vanish meanwhile are passed over. */
export function filesHolding(profile: string, needles: readonly (string | Buffer)[]): string[] {
  const files = readdirSync(profile, { recursive: true, encoding: 'utf8' })
  return files.filter((file) => {
    const bytes = contents(join(profile, file))
    return bytes !== null && needles.some((needle) => bytes.includes(needle))
  })
}

function contents(file: string): Buffer | null {
  try {
    return statSync(file).isFile() ? readFileSync(file) : null
  } catch {
    return null
  }
}

/**
 * How a visitor's answers would look on a disk: as the JSON that is sealed, in either order of writing, and as IndexedDB
 * clones the object that a form holds (V8's serialization: a one-byte string, its length, then an integer or another string).
 */
export function tracesOfAnswers(answers: Readonly<Record<string, number>>): (string | Buffer)[] {
  const pairs = Object.entries(answers).slice(0, 3)
  const json = pairs.map(([id, code]) => `"${id}":${code}`).join(',')
  const asTexts = pairs.map(([id, code]) => `"${id}":"${code}"`).join(',')
  const key = (id: string) => Buffer.concat([Buffer.from([0x22, id.length]), Buffer.from(id)])
  // small integers are zigzag varints
  const asNumbers = pairs.map(([id, code]) => Buffer.concat([key(id), Buffer.from([0x49, code * 2])]))
  const asStrings = pairs.map(([id, code]) =>
    Buffer.concat([key(id), Buffer.from([0x22, 1]), Buffer.from(String(code))]),
  )
  return [json, asTexts, Buffer.concat(asNumbers), Buffer.concat(asStrings)]
}
