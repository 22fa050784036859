import { type Command, InvalidArgumentError } from 'commander'
import type { FolderOptions } from '#collector/installation/data-folder'
import { isPostgres } from '#collector/storage/open-database'

interface Named {
  readonly keys?: string
  readonly issuerDb?: string
  readonly boxDb?: string
  readonly officeDb?: string
}

let named: Named = {}

/** Adds what says where things are that do not lie in the data folder. Addresses hold passwords: the environment is for them. */
export function addPlaceOptions(program: Command): Command {
  return program
    .option('--keys <folder>', 'folder of the intake keys, never in the data folder; default <data>.keys, or KEYS_DIR')
    .option('--issuer-db <url>', 'PostgreSQL database of the issuer; default a file, or ISSUER_DB', addressOption)
    .option('--box-db <url>', 'PostgreSQL database of the box; default a file, or BOX_DB', addressOption)
    .option('--office-db <url>', 'PostgreSQL database of the room; default a file, or OFFICE_DB', addressOption)
    .hook('preAction', (self) => {
      named = self.opts<Named>()
    })
}

/** Where things are, as named or as the environment says. */
export function folderOptions(): FolderOptions {
  const { KEYS_DIR, ISSUER_DB, BOX_DB, OFFICE_DB } = process.env
  return {
    keys: named.keys ?? KEYS_DIR,
    databases: {
      issuer: named.issuerDb ?? ISSUER_DB,
      box: named.boxDb ?? BOX_DB,
      office: named.officeDb ?? OFFICE_DB,
    },
  }
}

function addressOption(text: string): string {
  if (isPostgres(text)) return text
  throw new InvalidArgumentError('give an address like postgres://user@host/database')
}
