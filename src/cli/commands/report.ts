import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Argument, type Command, InvalidArgumentError } from 'commander'
import type { StoredCampaign } from '#collector/campaigns/campaign-register'
import type { Installation, Stores } from '#collector/installation/data-folder'
import { documentName, oitItemOf } from '#documents/document-name'
import { DOCUMENT_KINDS, type DocumentInput, type DocumentKind } from '#documents/input'
import { makeDocument } from '#documents/make-document'
import { writeDocx } from '#documents/write-docx'
import { findingsMapOf } from '#instruments/findings-map'
import { wordsIn } from '#instruments/years'
import words from '#locales/th/documents.json' with { type: 'json' }
import draft from '#locales/th/findings.json' with { type: 'json' }
import { turnedAwayAt } from '#measures/limits'
import { planOf } from '#measures/plan'
import { fromBase64Url } from '#protocol/bytes'
import { bangkokDay } from '#protocol/day'
import { FIRST_LANGUAGE } from '#protocol/language'
import { isDemonstration } from '#protocol/manifest'
import { type Baseline, baselineOfRelease, isComparable, readBaseline } from '#results/baseline'
import { readRelease } from '#results/read-release'
import type { Release } from '#results/release'
import { formsOfRound, learnInstruments, type RoundForms } from '#results/round-forms'
import { Failure } from '../installation/failure.ts'
import { withCampaign } from '../installation/installation.ts'

interface ReportOptions {
  readonly data: string
  readonly campaign: string
  readonly out: string
}

export function addReportCommand(program: Command): void {
  program
    .command('report')
    .description('write a document of a round whose tables were kept: its measures, the report on them, one page')
    .addArgument(
      new Argument(
        '<document>',
        `${DOCUMENT_KINDS.join(', ')}, or the OIT item that it is published for in the round's year`,
      ).argParser((text) => {
        if (!/^[A-Za-z][A-Za-z0-9-]{0,20}$/.test(text))
          throw new InvalidArgumentError(`one of ${DOCUMENT_KINDS.join(', ')}`)
        return text
      }),
    )
    .requiredOption('--data <folder>', 'data folder of the collector')
    .requiredOption('--campaign <cid>', 'campaign id')
    .requiredOption('--out <path>', 'the file to write (.docx), or a folder for it')
    .action(report)
}

async function report(document: string, { data, campaign: id, out }: ReportOptions): Promise<void> {
  await withCampaign(data, id, async (here, campaign) => {
    const input = await inputOf(here, campaign)
    const kind = kindOf(document, input.forms)
    const file = out.endsWith('.docx') ? out : join(out, documentName(kind, input, bangkokDay(Date.now())))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, new Uint8Array(await writeDocx(makeDocument(kind, input))))
    process.stdout.write(`${file}\n`)
  })
}

/** The kind that was asked for, by its name or by the item of OIT that it is published for. */
function kindOf(document: string, forms: RoundForms): DocumentKind {
  const kind =
    DOCUMENT_KINDS.find((one) => one === document) ??
    // the report of a whole year before the one of half a year
    [...DOCUMENT_KINDS].reverse().find((one) => oitItemOf(one, { forms }).toLowerCase() === document.toLowerCase())
  if (!kind) throw new Failure(`there is no document ${document}; name one of ${DOCUMENT_KINDS.join(', ')}`, 2)
  return kind
}

/** Everything that a round's documents are made of, from its data folder: nothing but what was kept after the opening. */
async function inputOf(here: Installation, campaign: StoredCampaign): Promise<DocumentInput> {
  const { manifest } = campaign
  const { office, box } = here as Stores
  if (!office || !box) throw new Failure('this folder holds no papers of a survey team')
  const forms = await formsOrFail(campaign, box)
  const release = readRelease((await office.papers.read(manifest.cid, 'results')).text)
  if (!release) throw new Failure('the tables of this round were not kept; open its box in the room and keep them')
  const { rows } = await office.measures.after(manifest.cid, 0)
  return {
    ...{ release, forms, words, draft },
    lanes: manifest.lanes,
    turnedAway: turnedAwayAt((await (here as Stores).issuer?.tablets.of(campaign.cid)) ?? []),
    map: findingsMapOf(release.asked.id),
    baseline: readBaseline((await office.papers.read(manifest.cid, 'baseline')).text),
    later: await nextScores(here as Stores, campaign, release),
    plan: planOf(rows),
    questionnaires: wordsIn(release.asked, FIRST_LANGUAGE),
  }
}

async function formsOrFail({ manifest }: StoredCampaign, box: Stores['box']): Promise<RoundForms> {
  const isKnown = await learnInstruments(manifest.instruments, (hash) =>
    box.instruments.read(fromBase64Url(hash, 32) ?? new Uint8Array()),
  )
  const forms = isKnown ? formsOfRound(manifest) : null
  if (!forms) throw new Failure(`this program has no instruments ${manifest.instruments.id}; update it`)
  return forms
}

/** Scores of this agency's next round, where its questions are the same: what came of the measures. */
async function nextScores(
  { box, office }: Stores,
  campaign: StoredCampaign,
  release: Release,
): Promise<Baseline | null> {
  const { agency, fiscalYear } = campaign.manifest
  for (const { manifest } of await box.campaigns.all()) {
    if (
      isDemonstration(manifest) ||
      manifest.fiscalYear !== fiscalYear + 1 ||
      manifest.agency[FIRST_LANGUAGE].full !== agency[FIRST_LANGUAGE].full
    )
      continue
    const next = readRelease((await office.papers.read(manifest.cid, 'results')).text)
    const baseline = next && baselineOfRelease(next, '')
    if (baseline && isComparable(baseline, release)) return baseline
  }
  return null
}
