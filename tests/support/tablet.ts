import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { StoredCampaign } from '#collector/campaigns/campaign-register'
import { openStores } from '#collector/installation/data-folder'
import { startCollector } from '#collector/main'
import type { Bytes } from '#protocol/bytes'
import { makeResponseOpener } from '#results/open-responses'
import { questionnaire } from './forms.ts'
import { freePort, ita, serve } from './ita.ts'
import { makeRound } from './make-round.ts'
import { openBox } from './open-box.ts'
import { Phone } from './phone.ts'
import { tempFolder } from './temp-folder.ts'

export const TABLET_SIZE = { width: 820, height: 1180 }
export const PIN = '2468'

/** A service point: a round with visitors, its collector, and links for tablets. */
export interface ServicePoint {
  readonly campaign: StoredCampaign
  readonly privateKey: Bytes
  readonly folder: string
  readonly data: string
  readonly url: string
  link(quota: number, mode?: 'public' | 'survey'): Promise<string>
  stop(): Promise<void>
  start(): Promise<void>
  /** Ends the round. */
  close(): Promise<void>
}

/** `appFolder` is another copy of the app than the one that was built, served from this process. */
export async function servicePoint({ appFolder }: { appFolder?: string } = {}): Promise<ServicePoint> {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const stores = await openStores(data)
  const { campaign, privateKey } = await makeRound(stores, {
    eligible: { iit: 20, 'eit-public': 400, 'eit-survey': 50 },
  })
  await stores.end()
  const port = await freePort()
  const begin = async (): Promise<{ stop(): Promise<unknown> }> =>
    appFolder ? startCollector({ dataFolder: data, port, host: '127.0.0.1', appFolder }) : serve(data, port)
  let collector = await begin()
  onTestFinished(async () => {
    await collector.stop()
  })
  const url = `http://127.0.0.1:${port}`
  return {
    campaign,
    privateKey,
    folder,
    data,
    url,
    async link(quota, mode = 'public') {
      const place = ['--point', 'เคาน์เตอร์ 1', '--mode', mode, '--quota', String(quota), '--origin', url]
      const { stdout, stderr } = await ita([
        'counter',
        'enrol',
        '--data',
        data,
        '--campaign',
        campaign.manifest.cid,
        ...place,
      ])
      const [first = ''] = stdout.split('\n')
      if (!first.startsWith(url)) throw new Error(stderr)
      return first
    },
    async stop() {
      await collector.stop()
    },
    async start() {
      collector = await begin()
    },
    async close() {
      const { code, stderr } = await ita([
        'close',
        '--data',
        data,
        '--campaign',
        campaign.manifest.cid,
        '--why',
        'test',
      ])
      if (code !== 0) throw new Error(stderr)
    },
  }
}

/** Opens a link on a tablet and sets its PIN. */
export async function enrolled(profile: string, link: string, camera?: string): Promise<Phone> {
  const tablet = await Phone.open(profile, TABLET_SIZE, camera)
  await tablet.page.goto(link)
  await setPin(tablet)
  return tablet
}

/** Types the officer's PIN twice, as soon as it is asked for. */
export async function setPin(tablet: Phone): Promise<void> {
  await tablet.page.waitForSelector('[data-counter=set-pin]', { timeout: 30_000 })
  await tablet.page.fill('[name=pin]', PIN)
  await tablet.page.fill('[name=pin-again]', PIN)
  await tablet.tap('form button')
}

/** Goes to the officer's page. */
export async function openPanel(tablet: Phone): Promise<void> {
  await tablet.tap('#officer')
  await tablet.page.fill('[name=pin]', PIN)
  await tablet.tap('form .button.primary')
  await tablet.page.waitForSelector('[data-counter=panel]')
}

/** A number of the officer's page. */
export async function countOf(tablet: Phone, name: string, column: 'today' | 'all'): Promise<number> {
  const text = await tablet.page.textContent(`[data-count=${name}] td:nth-of-type(${column === 'today' ? 1 : 2})`)
  return Number(text)
}

/** One page of the visitor's questionnaire, answered at once: a tap each would take the test an hour. */
export async function answerVisitorPage(
  tablet: Phone,
  page: number,
  answers: Readonly<Record<string, number>>,
): Promise<void> {
  const items = questionnaire('eit-2566').indicators[page]?.items ?? []
  await tablet.page.waitForSelector(`[data-item=${items[0]?.id}]`)
  await tablet.page.evaluate(
    (wanted) => {
      for (const [id, code] of wanted)
        document.querySelector<HTMLInputElement>(`[data-item=${id}] input[value="${code}"]`)?.click()
    },
    items.map(({ id }) => [id, answers[id] ?? 0] as const),
  )
}

/** From "start" through the opening questions. */
export async function beginVisit(tablet: Phone): Promise<void> {
  await tablet.page.waitForSelector('[data-counter=attract] #start', { timeout: 30_000 })
  await tablet.page.click('#start')
  await tablet.page.click('[data-opening=used] input[value=yes]')
  await tablet.page.click('[data-opening=contact] input[value=service]')
  await tablet.page.click('.row.end .button.primary')
}

/** A whole visit, until thanks. */
export async function visit(tablet: Phone, answers: Readonly<Record<string, number>>): Promise<void> {
  await beginVisit(tablet)
  for (const page of [0, 1, 2]) {
    await answerVisitorPage(tablet, page, answers)
    await tablet.page.click('.row.end .button.primary')
  }
  await tablet.page.waitForSelector('[data-counter=thanks]')
  await tablet.page.click('#next-visitor')
}

/** What the box opens to, as sorted text: compared as a multiset. */
export async function opened(point: ServicePoint, lane: 'eit-public' | 'eit-survey' = 'eit-public'): Promise<string[]> {
  const box = await openBox(point.data)
  const open = await makeResponseOpener(point.campaign, point.privateKey)
  const found: string[] = []
  for await (const sealed of box.sealedRows(point.campaign.cid, lane)) {
    const response = await open({ lane, sealed })
    found.push('response' in response ? sorted(response.response.answers) : response.spoiled)
  }
  await box.end()
  return found.sort()
}

/** Answers as text that does not depend on their order. */
export const sorted = (answers: Readonly<Record<string, number>>) => JSON.stringify(Object.entries(answers).sort())
