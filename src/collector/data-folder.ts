import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { BoxStore } from './box/box-store.ts'
import { IssuerStore } from './issuer/issuer-store.ts'

/** The two databases of an installation, in two files that know nothing of each other. */
export interface Stores {
  readonly issuer: IssuerStore
  readonly box: BoxStore
  end(): Promise<void>
}

/** Opens the data folder, creating it when it is new. */
export async function openStores(dataFolder: string, boxQuotaBytes?: number): Promise<Stores> {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const issuer = await IssuerStore.open(join(dataFolder, 'issuer.sqlite'))
  const box = await BoxStore.open(join(dataFolder, 'box.sqlite'), boxQuotaBytes)
  return {
    issuer,
    box,
    async end() {
      await Promise.all([issuer.end(), box.end()])
    },
  }
}
