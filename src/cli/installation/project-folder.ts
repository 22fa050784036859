import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder this program was installed to, whether it runs from its sources or from its build. */
export const PROJECT_FOLDER = findUp(dirname(fileURLToPath(import.meta.url)))

/** The built app that the collector serves. */
export const APP_FOLDER = join(PROJECT_FOLDER, 'dist', 'app')

/** The built room of the survey team. */
export const OFFICE_FOLDER = join(PROJECT_FOLDER, 'dist', 'office')

function findUp(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const parent = dirname(folder)
  if (parent === folder) throw new Error('package.json of Prongsai not found above this program')
  return findUp(parent)
}
