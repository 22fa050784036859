import { randomInt } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import words from '#locales/th/results.json' with { type: 'json' }
import { isLane, type Lane } from '#protocol/lane'
import { isRecord, type Manifest } from '#protocol/manifest'
import { shuffled } from '#protocol/shuffled'
import { makeResponseOpener, type Response } from '#results/open-responses'
import { questionnaire } from '#results/questionnaires'
import { TABLE_LANES } from '#results/responses-csv'
import { type OitAnswers, ScorecardBuilder, scoreOit } from '#results/scorecard'
import { writeResponses } from '../csv-file.ts'
import { Failure } from '../failure.ts'
import { readPrivateKey } from '../key-files.ts'
import { makeProgress } from '../progress.ts'
import { contactTable, scorecardTable } from '../scorecard-table.ts'
import { type SealedSource, sourceAtUrl, sourceInFolder } from '../sealed-source.ts'

const MAIN_FILE = 'responses.csv'

/** What came from the poster is in a file of its own: nobody pools it by accident. */
const FILES = [
  [MAIN_FILE, (lane: Lane) => TABLE_LANES.some((one) => one === lane)],
  ['responses-poster.csv', (lane: Lane) => lane === 'eit-open'],
] as const

interface OpenOptions {
  readonly data?: string
  readonly url?: string
  readonly campaign: string
  readonly key: readonly string[]
  readonly out: string
  readonly oit?: string
}

export function addOpenCommand(program: Command): void {
  program
    .command('open')
    .description('open the sealed box: write responses.csv and scorecard.json, print the scorecard')
    .option('--data <folder>', 'data folder of the collector')
    .option('--url <url>', 'address of a running collector, instead of --data')
    .requiredOption('--campaign <cid>', 'campaign id')
    .requiredOption('--key <file>', 'key file; repeat for each key holder', (file: string, files: string[] = []) => [
      ...files,
      file,
    ])
    .requiredOption('--out <folder>', 'folder for the results')
    .option('--oit <file>', 'OIT scores as JSON, {"O1": 100, …}; adds OIT, total and level')
    .addHelpText('after', '\nThe passphrase comes from ITA_PASSPHRASE, or is asked for.')
    .action(open)
}

async function open(options: OpenOptions): Promise<void> {
  const oit = options.oit === undefined ? undefined : readOit(options.oit)
  const source = await sourceOf(options)
  try {
    const { responses, builder } = await openAll(source, options)
    const scorecard = builder.finish(oit)
    mkdirSync(options.out, { recursive: true })
    for (const [file, isIts] of FILES) {
      const rows = responses.filter(({ lane }) => isIts(lane))
      if (rows.length > 0 || file === MAIN_FILE)
        writeResponses(
          join(options.out, file),
          shuffled(rows, (bound) => randomInt(bound)),
        )
    }
    const level = scorecard.level ? words.level[scorecard.level] : null
    const contacts = builder.byContact(source.campaign.manifest.k.eit)
    const saved = { ...scorecard, level, ...(contacts.length > 0 ? { contacts } : {}) }
    writeFileSync(join(options.out, 'scorecard.json'), `${JSON.stringify(saved, null, 2)}\n`)
    process.stdout.write(`${scorecardTable(scorecard)}${contactTable(contacts)}\n`)
  } finally {
    await source.end()
  }
}

async function openAll(
  source: SealedSource,
  options: OpenOptions,
): Promise<{ responses: Response[]; builder: ScorecardBuilder }> {
  const privateKey = await readPrivateKey(options.key, source.campaign.manifest)
  const openOne = await makeResponseOpener(source.campaign, privateKey)
  const builder = new ScorecardBuilder(formsOf(source.campaign.manifest))
  const responses: Response[] = []
  const progress = makeProgress('opening')
  for await (const sealed of source.responses(privateKey)) {
    const opened = await openOne(sealed)
    if ('spoiled' in opened) builder.addSpoiled(opened.spoiled)
    else {
      builder.add(opened.response)
      responses.push(opened.response)
    }
    progress.step()
  }
  progress.end()
  return { responses, builder }
}

/** The questionnaire of each lane, as the manifest says. */
function formsOf(manifest: Manifest): Partial<Record<Lane, string>> {
  const entries = Object.entries(manifest.lanes).flatMap(([lane, entry]) =>
    isLane(lane) && entry ? [[lane, entry.form]] : [],
  )
  return Object.fromEntries(entries)
}

function sourceOf({ data, url, campaign }: OpenOptions): Promise<SealedSource> {
  if ((data === undefined) === (url === undefined)) throw new Failure('give either --data FOLDER or --url URL', 2)
  return data === undefined ? sourceAtUrl(url as string, campaign) : sourceInFolder(data, campaign)
}

function readOit(file: string): OitAnswers {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
    if (!isRecord(value)) throw new RangeError('not an object of item scores')
    scoreOit(questionnaire('oit-2566'), value as OitAnswers)
    return value as OitAnswers
  } catch (error) {
    throw new Failure(`${file}: ${(error as Error).message}; give {"O1": 100, …, "O43": 0} with 0 or 100 for each item`)
  }
}
