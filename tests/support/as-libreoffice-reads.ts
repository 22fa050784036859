import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'

/** A file as LibreOffice understands it: flat XML with the type and formula of every cell. */
export function asLibreOfficeReads(folder: string, name: string, reading: readonly string[] = []): string {
  return convert(folder, name, 'fods', reading).toString('utf8')
}

/** A document as LibreOffice prints it. */
export function asLibreOfficePrints(folder: string, name: string): Buffer {
  return convert(folder, name, 'pdf')
}

function convert(folder: string, name: string, to: string, reading: readonly string[] = []): Buffer {
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
  const how = [profile, '--headless', ...reading, '--convert-to', to, '--outdir', folder, join(folder, name)]
  const { status, stderr } = spawnSync(inject('libreoffice'), how, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return readFileSync(join(folder, name.replace(/\.\w+$/, `.${to}`)))
}
