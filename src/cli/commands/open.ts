import { chmodSync, closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import words from '#locales/th/results.json' with { type: 'json' }
import { isRecord } from '#protocol/json'
import { isDemonstration } from '#protocol/manifest'
import { randomBelow } from '#protocol/random-below'
import { type ExportInput, fileName } from '#results/exports/export-input'
import { type ExportKind, exportName, writeExport } from '#results/exports/write-export'
import { type OitAnswers, scoreOit } from '#results/oit'
import type { RowsAre } from '#results/release'
import { formsOfRound, learnInstruments, type RoundForms } from '#results/round-forms'
import type { Questionnaire } from '#survey/questionnaire'
import { type SealedSource, sourceAtUrl, sourceInFolder } from '../files/sealed-source.ts'
import { Failure } from '../installation/failure.ts'
import { openAll } from '../opening/open-all.ts'
import { exportWords } from '../terminal/export-words.ts'
import { breakdownTable, scorecardTable } from '../terminal/scorecard-table.ts'

/** What `--format` may name, and the files each makes. */
const FORMATS = {
  csv: ['csv', 'poster-csv'],
  xlsx: ['xlsx'],
  json: ['json'],
  spss: ['sps', 'csv'],
} as const satisfies Record<string, readonly ExportKind[]>

type Format = keyof typeof FORMATS

interface OpenOptions {
  readonly data?: string
  readonly url?: string
  readonly issuer?: string
  readonly campaign: string
  readonly key: readonly string[]
  readonly out: string
  readonly oit?: string
  readonly format?: readonly Format[]
  readonly rows?: RowsAre
}

export function addOpenCommand(program: Command): void {
  program
    .command('open')
    .description('open the sealed box: write responses.csv and scorecard.json, print the scorecard')
    .option('--data <folder>', 'data folder of the collector')
    .option('--url <url>', 'address of a running collector, instead of --data')
    .option('--issuer <url>', 'address of the issuer, where --data holds the box alone: its published counts of slips')
    .requiredOption('--campaign <cid>', 'campaign id')
    .requiredOption('--key <file>', 'key file; repeat for each key holder', (file: string, files: string[] = []) => [
      ...files,
      file,
    ])
    .requiredOption('--out <folder>', 'folder for the results')
    .option(
      '--oit <file>',
      'OIT items as JSON: 0, 100, or the address where it is published; adds OIT, total and level',
    )
    .option('--format <format>', 'csv (default), xlsx, json or spss; repeat', formatOption)
    .addOption(
      new Option(
        '--rows <how>',
        'protected (default): each column shuffled by itself; whole: rows as they were answered, of parts with 100 or more, confirmed by the holders whose keys open here; a demonstration writes whole rows',
      ).choices(['protected', 'whole']),
    )
    .addHelpText('after', '\nThe passphrase comes from ITA_PASSPHRASE, or is asked for.')
    .action(open)
}

function formatOption(text: string, before: readonly Format[] = []): readonly Format[] {
  const format = (Object.keys(FORMATS) as Format[]).find((one) => one === text)
  if (!format) throw new InvalidArgumentError(`give one of ${Object.keys(FORMATS).join(', ')}`)
  return [...before, format]
}

async function open(options: OpenOptions): Promise<void> {
  const source = await sourceOf(options)
  try {
    const forms = await formsOrFail(source)
    const oit = options.oit === undefined ? undefined : readOit(options.oit, forms.oit)
    const opening = await openAll(source, options.key)
    const chosen = await source.choices()
    const release = opening.release(oit, chosen)
    const rowsAre = options.rows ?? (isDemonstration(source.campaign.manifest) ? 'whole' : 'protected')
    if (rowsAre === 'whole') await source.noteRows(options.key.length)
    // results are nobody's business on this machine but the one's who opened
    mkdirSync(options.out, { recursive: true, mode: 0o700 })
    chmodSync(options.out, 0o700)
    const rows = opening.rows(rowsAre, randomBelow, chosen)
    await writeFiles({ release, forms, rows, rowsAre, words: exportWords(release.asked), randomBelow }, options)
    const level = release.level ? words.level[release.level] : null
    const scorecard = `${JSON.stringify({ ...release, level, rowsAre }, null, 2)}\n`
    writeFileSync(join(options.out, 'scorecard.json'), scorecard, { mode: 0o600 })
    process.stdout.write(`${scorecardTable(release, forms)}${breakdownTable(release.breakdowns)}\n`)
    for (const { lane } of release.choices.filter(({ chosen }) => chosen === null))
      process.stderr.write(
        `${lane}: whole rows and breakdowns together would tell whose a row is, so neither was written; choose one for good with "ita choose --lane ${lane}"\n`,
      )
  } finally {
    await source.end()
  }
}

async function writeFiles(input: ExportInput, { format = ['csv'], out }: OpenOptions): Promise<void> {
  const kinds = new Set(format.flatMap((one): readonly ExportKind[] => FORMATS[one]))
  if (!input.rows.some(({ lane }) => lane === 'eit-open')) kinds.delete('poster-csv')
  for (const kind of kinds) {
    const file = openSync(join(out, nameIn(input, kind)), 'w', 0o600)
    try {
      for await (const { part } of writeExport(kind, input, nameIn(input, 'csv')))
        writeSync(file, typeof part === 'string' ? Buffer.from(part) : Buffer.from(await part.arrayBuffer()))
    } finally {
      closeSync(file)
    }
  }
}

/** The folder says which round it is; the names stay the same whatever the rows are, and the scorecard says which they are. */
function nameIn(input: ExportInput, kind: ExportKind): string {
  return exportName(input, kind).replace(fileName(input, ''), '').replace('-protected', '')
}

function sourceOf({ data, url, campaign, issuer }: OpenOptions): Promise<SealedSource> {
  if ((data === undefined) === (url === undefined)) throw new Failure('give either --data FOLDER or --url URL', 2)
  return data === undefined ? sourceAtUrl(url as string, campaign) : sourceInFolder(data, campaign, issuer)
}

/** What the round asks: as this program has it, or as the collector kept it. */
async function formsOrFail({ campaign, instruments }: SealedSource): Promise<RoundForms> {
  const isKnown = await learnInstruments(campaign.manifest.instruments, instruments)
  const forms = isKnown ? formsOfRound(campaign.manifest) : null
  if (!forms) throw new Failure(`this program has no instruments ${campaign.manifest.instruments.id}; update it`)
  return forms
}

function readOit(file: string, form: Questionnaire): OitAnswers {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
    if (!isRecord(value)) throw new RangeError('not an object of item scores')
    scoreOit(form, value as OitAnswers)
    return value as OitAnswers
  } catch (error) {
    const [first, last] = [form.items[0]?.id, form.items.at(-1)?.id]
    throw new Failure(
      `${file}: ${(error as Error).message}; give {"${first}": "https://…", …, "${last}": 0}: for each item 0, 100, or the address where it is published`,
    )
  }
}
