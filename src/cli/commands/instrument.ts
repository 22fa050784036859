import { readFileSync, writeFileSync } from 'node:fs'
import { extname } from 'node:path'
import type { Command } from 'commander'
import { type Checked, checkInstruments } from '#authoring/check'
import { instrumentsCsv, instrumentsWorkbook, readInstrumentsFile } from '#authoring/files'
import type { Fault } from '#authoring/tables'
import { confirmInstruments, importedInstruments, importInstruments } from '#collector/rounds/imported-instruments'
import { documentOf, type YearDocument } from '#instruments/years'
import words from '#locales/th/authoring.json' with { type: 'json' }
import { toBase64Url } from '#protocol/bytes'
import { canonicalJson } from '#protocol/json'
import { tidyWords } from '#protocol/shapes'
import { Failure } from '../installation/failure.ts'
import { administrator, inFolder } from '../installation/installation.ts'
import { AUTHORING_WORDS, bundledIds, importedDocument, newInstruments } from '../installation/instruments-text.ts'

/** A year of one's own: a template to fill in, its faults, and its way into an installation. */
export function addInstrumentCommands(program: Command): void {
  const instrument = program
    .command('instrument')
    .description('instruments that an agency fills in itself: template, check, import, list, export')
  instrument
    .command('template')
    .description('write a year as a workbook or CSV to fill in; the outline of a year has no questions yet')
    .requiredOption('--year <id>', 'a year of this program')
    .requiredOption('--out <file>', 'file.xlsx, file.csv or file.json')
    .action(template)
  instrument
    .command('check')
    .description('say every fault of a workbook, CSV or JSON by sheet and cell, and how made-up answers score')
    .argument('<file>')
    .action(check)
  instrument
    .command('import')
    .description('keep instruments for rounds; a second person has compared them with the manual')
    .argument('<file>')
    .requiredOption('--data <folder>', 'data folder of the collector')
    .requiredOption(
      '--second <name>',
      'who compared it with the manual, beside the administrator; written into the log',
    )
    .option('--confirm', 'what "check" asks about is meant')
    .action(importFile)
  instrument
    .command('list')
    .description('imported instruments, by whom and confirmed by whom')
    .requiredOption('--data <folder>', 'data folder')
    .action(list)
  instrument
    .command('export')
    .description('write imported instruments as the same workbook again')
    .requiredOption('--data <folder>', 'data folder')
    .requiredOption('--id <id>', 'their id')
    .requiredOption('--out <file>', 'file.xlsx, file.csv or file.json')
    .action(exportFile)
}

async function template({ year, out }: { readonly year: string; readonly out: string }): Promise<void> {
  if (!bundledIds().includes(year)) throw new Failure(`there is no year ${year}; there are ${bundledIds().join(', ')}`)
  await write(documentOf(year), out)
}

async function write(document: YearDocument, out: string): Promise<void> {
  if (extname(out) === '.xlsx') {
    const blob = await instrumentsWorkbook(document, words)
    writeFileSync(out, Buffer.from(await blob.arrayBuffer()))
  } else if (extname(out) === '.csv') writeFileSync(out, instrumentsCsv(document, words))
  else if (extname(out) === '.json') writeFileSync(out, canonicalJson(document))
  else throw new Failure(`${out}: give a name that ends in .xlsx, .csv or .json`)
  process.stdout.write(`${out}\n`)
}

async function check(file: string): Promise<void> {
  const checked = await read(file, bundledIds())
  process.stdout.write(`${report(checked).join('\n')}\n`)
  if (!checked.document) throw new Failure(`${file}: not ready to be imported`)
}

async function read(file: string, taken: readonly string[]): Promise<Checked> {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch {
    throw new Failure(`${file} cannot be read`)
  }
  return checkInstruments(await readInstrumentsFile(bytes, words), AUTHORING_WORDS, taken)
}

function report({ faults, golden }: Checked): string[] {
  const lines = faults.map((fault) => `${fault.level === 'stop' ? 'stop   ' : 'confirm'}  ${inWords(fault)}`)
  return [...lines, ...golden.map(({ form, what, score }) => `${form}  ${words.golden[what]}: ${score}`)]
}

function inWords({ sheet, cell, code, value }: Fault): string {
  const place = [sheet ? words.sheet[sheet] : '', cell].filter((text) => text !== '').join(' ')
  const text = (words.fault as Readonly<Record<string, string>>)[code] ?? code
  return `${place === '' ? '' : `${place}: `}${text.replace('{{value}}', value)}`
}

interface ImportOptions {
  readonly data: string
  readonly second: string
  readonly confirm?: boolean
}

async function importFile(file: string, { data, second, confirm = false }: ImportOptions): Promise<void> {
  const checked = await read(file, bundledIds())
  const { document } = checked
  const open = checked.faults.filter(({ level }) => level === 'stop' || !confirm)
  if (!document || open.length > 0) {
    process.stdout.write(`${report(checked).join('\n')}\n`)
    throw new Failure(`${file}: mend what stops it; what is to be confirmed and is meant, with --confirm`)
  }
  const name = tidyWords(second)
  if (name === '' || name === administrator()) throw new Failure('--second names somebody else than the administrator')
  await inFolder(data, async (here) => {
    const made = await newInstruments(document)
    await importInstruments(here, made, administrator())
    await confirmInstruments(here, toBase64Url(made.document.hash), name)
    process.stdout.write(`${made.id} ${toBase64Url(made.document.hash)}\n`)
  })
}

async function list({ data }: { readonly data: string }): Promise<void> {
  const found = await inFolder(data, importedInstruments)
  for (const { id, hash, by, confirmedBy } of found)
    process.stdout.write(`${id}  ${hash}  ${by}  ${confirmedBy ?? 'not confirmed yet'}\n`)
}

async function exportFile({ data, id, out }: { readonly data: string; readonly id: string; readonly out: string }) {
  await inFolder(data, async (here) => {
    const found = (await importedInstruments(here)).find((one) => one.id === id)
    if (!found) throw new Failure(`${data} has no instruments ${id}; "ita instrument list" names them`)
    await write(await importedDocument(here, found), out)
  })
}
