import { type Command, Option } from 'commander'
import type { Role } from '#collector/installation/data-folder'
import { type RunningCollector, startCollector } from '#collector/main'
import { posterLink } from '#protocol/slip-link'
import { type DemoCampaign, demoCampaign, holdsRealCampaigns } from '../demo/demo-campaign.ts'
import { firstUnusedLinks } from '../demo/demo-links.ts'
import { buildWhenNeeded } from '../installation/build-when-needed.ts'
import { Failure } from '../installation/failure.ts'
import { officeTools } from '../installation/office-tools.ts'
import { folderOptions } from '../installation/places.ts'
import { APP_FOLDER, OFFICE_FOLDER } from '../installation/project-folder.ts'
import { countOption, originOption, portOption } from '../terminal/options.ts'
import { firstAdministratorLink } from './admin.ts'

interface ServeOptions {
  readonly data: string
  readonly port: number
  readonly host: string
  readonly quotaMb?: number
  readonly backup?: string
  readonly role?: Role
  readonly behindProxy?: boolean
  readonly adminOrigin?: string
  readonly origin?: string
}

export function addServeCommands(program: Command): void {
  program
    .command('serve')
    .description('run the collector and serve the app')
    .requiredOption('--data <folder>', 'data folder')
    .option('--port <n>', 'port; 0 picks a free one', portOption, 8080)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option(
      '--quota-mb <n>',
      'largest size of the box file in MiB; then deliveries are told to come later',
      countOption,
    )
    .option('--backup <folder>', 'folder of the one backup, written each night; on another disk')
    .addOption(
      new Option('--role <role>', 'which part runs here').choices(['issuer', 'box', 'office', 'all']).default('all'),
    )
    .option(
      '--behind-proxy',
      'a reverse proxy on this machine says whom it serves (X-Forwarded-For, X-Forwarded-Proto)',
    )
    .option('--admin-origin <url>', 'serve the survey team’s room at this address only', originOption)
    .option('--origin <url>', 'address at which respondents reach the app, printed on slips', originOption)
    .action(async (options: ServeOptions) => {
      if (options.role !== 'issuer') buildWhenNeeded()
      const collector = await listen(options)
      process.stdout.write(`โปร่งใส ${collector.url}\n`)
    })
  program
    .command('start')
    .description('what "npm start" does: build when needed, make a demo campaign on an empty data folder, serve')
    .action(start)
  program.command('build-when-needed', { hidden: true }).action(buildWhenNeeded)
}

async function start(): Promise<void> {
  const data = process.env.DATA_DIR ?? './data'
  const port = portFromEnvironment(process.env.PORT ?? '8080')
  buildWhenNeeded()
  // a folder with real campaigns is served as it is: a demonstration has no place beside them
  const demo = (await holdsRealCampaigns(data)) ? null : await demoCampaign(data, `http://127.0.0.1:${port}`)
  const { url } = await listen({ data, port, host: process.env.HOST ?? '127.0.0.1' })
  // a passkey belongs to a host name; a number is none
  const first = await firstAdministratorLink(data, url.replace('//127.0.0.1:', '//localhost:'))
  if (!demo) {
    process.stdout.write(`โปร่งใส ${url}\n${adminLine(first, url)}`)
    return
  }
  const links = await firstUnusedLinks(data, demo, url)
  process.stdout.write(
    [
      `โปร่งใส ${url}  (รอบสาธิต เลขตรวจสอบ ${demo.checkNumber})`,
      `IIT   ${links.iit}`,
      `EIT   ${links['eit-public']}`,
      `poster ${posterLinkOf(demo, url)}`,
      `open  ITA_PASSPHRASE=demo npm run -s ita -- open --data ${data} --campaign ${demo.cid} --key ${demo.keys[0]} --out results`,
      '',
    ].join('\n') + adminLine(first, url),
  )
}

/** The survey team's room: for the first administrator a link that is good once, for everybody else its address. */
function adminLine(first: string | null, url: string): string {
  return `admin ${first ?? `${url.replace('//127.0.0.1:', '//localhost:')}/admin/`}\n`
}

function posterLinkOf({ cid, mh }: DemoCampaign, url: string): string {
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'))
  return posterLink(url, { cid: bytes(cid), mh: bytes(mh) })
}

function portFromEnvironment(text: string): number {
  try {
    return portOption(text)
  } catch {
    throw new Failure(`PORT is "${text}"; set it to a whole number up to 65535`, 2)
  }
}

async function listen({
  data,
  port,
  host,
  quotaMb,
  role = 'all',
  behindProxy = false,
  adminOrigin,
  origin,
  backup,
}: ServeOptions): Promise<RunningCollector> {
  const collector = await startCollector({
    // whoever keeps it running starts it anew, and it waits for its turn
    lost: () => process.exit(1),
    dataFolder: data,
    port,
    host,
    role,
    behindProxy,
    appFolder: APP_FOLDER,
    officeFolder: OFFICE_FOLDER,
    officeTools: officeTools({ origin: adminOrigin, respondentsOrigin: origin }),
    report: (line) => process.stdout.write(`${line}\n`),
    ...folderOptions(),
    backup,
    boxQuotaBytes: quotaMb === undefined ? undefined : quotaMb * 2 ** 20,
  }).catch((error: Error) => {
    if ('code' in error && error.code === 'EADDRINUSE')
      throw new Failure(`port ${port} is taken; set PORT or --port to another one`)
    throw error
  })
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    void collector.stop().then(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  return collector
}
