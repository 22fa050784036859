import { readFileSync } from 'node:fs'
import { parseSlip, type Slip } from '#protocol/slip-link'
import { Failure } from '../installation/failure.ts'

/** Links of a slips file, one per line. Throws a Failure on a line that is not a slip link. */
export function readSlips(file: string): { readonly link: string; readonly slip: Slip }[] {
  const lines = readLines(file)
  return lines.map((link, index) => {
    const slip = parseSlip(link.slice(link.indexOf('#')))
    if (!slip) throw new Failure(`${file}, line ${index + 1}: not a slip link; print the slips again`)
    return { link, slip }
  })
}

function readLines(file: string): string[] {
  try {
    const lines = readFileSync(file, 'utf8')
      .replace(/^\uFEFF/, '')
      .split('\n')
    return lines.map((line) => line.trim()).filter((line) => line !== '')
  } catch {
    throw new Failure(`${file} cannot be read; name the folder that "ita demo" printed`)
  }
}
