import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import words from '#locales/th/audit.json' with { type: 'json' }
import { checkNumber } from '#protocol/check-number'
import { campaignFindings } from '../audit/campaign-checks.ts'
import type { Finding, Verdict } from '../audit/finding.ts'
import { liveFindings } from '../audit/live-checks.ts'
import { postgresFindings } from '../audit/postgres-checks.ts'
import { sheetFindings } from '../audit/sheet-checks.ts'
import { diskFindings, recordFindings } from '../audit/storage-checks.ts'
import { Failure } from '../installation/failure.ts'
import { inFolder } from '../installation/installation.ts'
import { APP_FOLDER } from '../installation/project-folder.ts'
import { originOption } from '../terminal/options.ts'
import { padded } from '../terminal/terminal-columns.ts'
import { thaiNow } from '../terminal/thai-now.ts'

interface AuditOptions {
  readonly data?: string
  readonly sheet?: string
  readonly url?: string
  readonly logs: readonly string[]
}

export function addAuditCommand(program: Command): void {
  const folders = (folder: string, all: readonly string[] = []) => [...all, folder]
  program
    .command('audit')
    .description('check a running installation against its promises; prints a table that an auditor can sign')
    .option('--data <folder>', 'data folder; without it only a sheet is compared')
    .option(
      '--sheet <file>',
      'from any machine: a key file, or the link behind a key sheet’s QR as text, compared with what phones are given at --url',
    )
    .option('--url <url>', 'address as phones use it: headers, lengths and traces are checked there', originOption)
    .option('--logs <folder>', 'also search this folder for traces of a request, e.g. /var/log; repeat', folders, [])
    .action(audit)
}

async function audit({ data, sheet, url, logs }: AuditOptions): Promise<void> {
  if (sheet !== undefined) await auditSheet(sheet, url)
  if (data !== undefined) await auditFolder(data, url, logs)
  else if (sheet === undefined) throw new Failure('give --data FOLDER, or --sheet FILE and --url URL', 2)
}

async function auditSheet(sheet: string, url: string | undefined): Promise<void> {
  if (url === undefined) throw new Failure('give --url, the address as phones use it', 2)
  const findings = await sheetFindings(sheet, url)
  process.stdout.write(table([{ heading: `${sheet} · ${url}`, findings }], '–'))
  refuseBroken(findings)
}

async function auditFolder(data: string, url: string | undefined, logs: readonly string[]): Promise<void> {
  const onDisk = existsSync(data) ? await diskFindings(data) : []
  if (onDisk.some(({ check, verdict }) => check === 'whole' && verdict === 'broken')) {
    process.stdout.write(table([{ heading: `${words.folder} ${data}`, findings: onDisk }], '–'))
    throw new Failure('a database is damaged: nothing more can be checked; restore a backup with "ita restore"')
  }
  const findings = await inFolder(data, async (here) => {
    const campaigns = (await (here.box ?? here.issuer)?.campaigns.all()) ?? []
    const blocks: { heading: string; findings: Finding[] }[] = [
      {
        heading: `${words.folder} ${data}`,
        findings: [...onDisk, ...(await postgresFindings(here)), ...(await recordFindings(here))],
      },
    ]
    for (const campaign of campaigns) {
      const heading = `${campaign.manifest.agency.th.full} ${campaign.manifest.fiscalYear} · ${await checkNumber(campaign.mh)} · ${campaign.state}`
      blocks.push({ heading, findings: await campaignFindings(here, campaign, campaigns) })
    }
    blocks.push({
      heading: url ?? '--url',
      findings: await liveFindings(campaigns, { url, searched: [data, ...logs] }),
    })
    const { head } = await here.acts.check()
    process.stdout.write(table(blocks, head))
    return blocks.flatMap((block) => block.findings)
  })
  refuseBroken(findings)
}

function refuseBroken(findings: readonly Finding[]): void {
  const broken = findings.filter(({ verdict }) => verdict === 'broken').map(({ check }) => check)
  if (broken.length > 0) throw new Failure(`${broken.length} promises do not hold: ${broken.join(', ')}`)
}

function table(blocks: readonly { heading: string; findings: readonly Finding[] }[], head: string): string {
  const all = blocks.flatMap(({ findings }) => findings)
  const count = (verdict: Verdict) => String(all.filter((one) => one.verdict === verdict).length)
  const rows = blocks.flatMap(({ heading, findings }) => [
    '',
    heading,
    ...findings.map(
      ({ check, verdict, evidence }) =>
        `  ${padded(words.verdict[verdict], 13)} ${padded(words.check[check], 58)} ${evidence}`,
    ),
  ])
  const sum = words.sum.replace(/\{\{(\w+)\}\}/g, (_match, verdict) => count(verdict as Verdict))
  return [
    words.title,
    `${words.at} ${thaiNow()}`,
    `${words.build} ${buildHash()}`,
    `${words.head} ${head.slice(0, 20)}`,
    ...rows,
    '',
    sum,
    '',
    words.sign,
    '',
  ].join('\n')
}

/** SHA-256 over the names and bytes of the app that phones get, to compare with what was published. */
function buildHash(): string {
  if (!existsSync(APP_FOLDER)) return '–'
  const digest = createHash('sha256')
  const files = readdirSync(APP_FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  for (const file of files.sort()) digest.update(file.slice(APP_FOLDER.length)).update('\0').update(readFileSync(file))
  return digest.digest('hex').slice(0, 32)
}
