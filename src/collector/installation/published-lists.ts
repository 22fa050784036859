import { createReadStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'

/**
 * Lists that never change once a campaign is closed: made once, the first time somebody asks, and then served from a file.
 * Everybody who asks meanwhile waits for the same making.
 */
export class PublishedLists {
  readonly #folder: string | null
  readonly #made = new Map<string, Promise<string[]>>()

  /** `folder` is where the files are kept; null keeps the lists in memory. */
  constructor(folder: string | null) {
    this.#folder = folder
  }

  /** The bytes of a list. `pieces` makes it, in pieces, when it was not made before. */
  async read(name: string, pieces: () => AsyncIterable<string>): Promise<Readable> {
    const file = this.#folder && join(this.#folder, `${name}.json`)
    if (file && existsSync(file)) return createReadStream(file)
    const making = this.#made.get(name) ?? (file ? writeOnce(file, pieces()) : gather(pieces()))
    this.#made.set(name, making)
    try {
      const kept = await making
      return file ? createReadStream(file) : Readable.from(kept)
    } catch (error) {
      // a full disk: it is made again the next time
      this.#made.delete(name)
      throw error
    }
  }
}

async function gather(pieces: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = []
  for await (const piece of pieces) all.push(piece)
  return all
}

/** Under another name until it is whole: half a list is never served. */
async function writeOnce(file: string, pieces: AsyncIterable<string>): Promise<string[]> {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 })
  // another process may be making it, too
  const part = `${file}.${process.pid}.part`
  const handle = await open(part, 'w', 0o600)
  try {
    for await (const piece of pieces) await handle.write(piece)
    await handle.sync()
    await handle.close()
    renameSync(part, file)
    return []
  } catch (error) {
    await handle.close().catch(() => undefined)
    rmSync(part, { force: true })
    throw error
  }
}
