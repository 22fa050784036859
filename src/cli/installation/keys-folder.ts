import type { FolderOptions } from '#collector/installation/data-folder'

let named: string | undefined

/** Names the folder of the intake keys for this run of the program. */
export function useKeysFolder(folder: string | undefined): void {
  named = folder
}

/** Where the intake keys are: as named, as the environment says (`KEYS_DIR`), or beside the data folder. */
export function folderOptions(): FolderOptions {
  return { keys: named ?? process.env.KEYS_DIR }
}
