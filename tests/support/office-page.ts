import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { type Code, parseCode } from '#protocol/code'
import type { Role } from '#protocol/office'
import { HOLDER_PASSPHRASES } from './closed-round.ts'
import { ita } from './ita.ts'
import { dayFromNow } from './make-round.ts'
import { Phone } from './phone.ts'
import { readPdfTexts } from './read-pdf.ts'

const DESK_SIZE = { width: 1280, height: 900 }

type Look = (step: string) => Promise<void>

const nothing: Look = async () => undefined

/** A browser at a desk, with a passkey in it, in the survey team's room. */
export class OfficePage {
  readonly desk: Phone
  readonly page: Page
  readonly downloads: string
  readonly url: string

  private constructor(desk: Phone, url: string, downloads: string) {
    this.desk = desk
    this.page = desk.page
    this.url = url
    this.downloads = downloads
  }

  /** `url` is the collector's; passkeys need a host name. */
  static async open(folder: string, url: string, size = DESK_SIZE): Promise<OfficePage> {
    const desk = await Phone.open(join(folder, `desk-${size.width}`), size)
    const downloads = join(folder, `downloads-${size.width}`)
    mkdirSync(downloads, { recursive: true })
    const session = await desk.page.context().newCDPSession(desk.page)
    await session.send('WebAuthn.enable')
    await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    desk.page.on('dialog', (dialog) => void dialog.accept())
    return new OfficePage(desk, url.replace('127.0.0.1', 'localhost'), downloads)
  }

  /** Joins by an invitation of the maintainer's and makes a passkey. */
  joinAsAdmin(data: string, name: string, look: Look = nothing): Promise<void> {
    return this.join(data, name, 'admin', look)
  }

  async join(data: string, name: string, role: Role, look: Look = nothing): Promise<void> {
    const { stdout } = await ita(['admin', 'invite', '--data', data, '--role', role, '--origin', this.url])
    await this.page.goto(stdout.trim())
    await this.page.fill('[name=name]', name)
    await look('join')
    await this.page.click('[data-form=join] button[type=submit]')
    await this.page.waitForSelector('#make-passkey')
    await this.page.click('summary')
    await look('join-how')
    await this.page.click('#make-passkey')
    await this.page.waitForSelector('[data-office=in]')
  }

  /** Saves results as files of one kind, by the menu of files. */
  async exported(kind: 'xlsx' | 'csv' | 'spss' | 'json', count = 1): Promise<string[]> {
    await this.page.click('#exports')
    return this.saved(`#export-${kind}`, count)
  }

  /** Clicks what saves a file, and answers where it lies. */
  async saved(selector: string, count = 1): Promise<string[]> {
    const waiting: Promise<string>[] = []
    const all = new Promise<void>((resolve) => {
      this.page.on('download', (download) => {
        const path = join(this.downloads, download.suggestedFilename())
        waiting.push(download.saveAs(path).then(() => path))
        if (waiting.length === count) resolve()
      })
    })
    await this.page.click(selector)
    await all
    this.page.removeAllListeners('download')
    return Promise.all(waiting)
  }

  /** Makes a draft of a round that is open from today; numbers of people by lane. */
  async createDraft(
    people: Readonly<Record<string, number>>,
    openPerDay = 0,
    { instruments, emblem }: { readonly instruments?: string; readonly emblem?: string } = {},
  ): Promise<void> {
    await this.page.click('#create-round')
    if (emblem) {
      await this.page.setInputFiles('#emblem', emblem)
      await this.page.waitForSelector('[data-emblem=chosen]')
    }
    if (instruments) {
      await this.page.waitForSelector(`#instruments option[value="${instruments}"]`, { state: 'attached' })
      await this.page.selectOption('#instruments', instruments)
    }
    await this.page.fill('[name=agencyTh]', 'กรมทดสอบความโปร่งใส')
    await this.page.fill('[name=agencyEn]', 'Department of Tests')
    await this.page.fill('[name=shortTh]', 'ทสป.')
    await this.page.fill('[name=shortEn]', 'DoT')
    await this.page.fill('[name=enquiriesWho]', 'กลุ่มงานจริยธรรม')
    await this.page.fill('[name=enquiriesHow]', 'โทร. 0 2000 0000')
    for (const [lane, count] of Object.entries(people)) await this.page.fill(`[name="people.${lane}"]`, String(count))
    if (openPerDay > 0) await this.page.fill('[name=openPerDay]', String(openPerDay))
    const [year = '', month = '', day = ''] = dayFromNow(0).split('-')
    for (const window of ['issueFrom', 'answerFrom']) {
      await this.page.selectOption(`[name=${window}-year]`, year)
      await this.page.selectOption(`[name=${window}-month]`, String(Number(month)))
      await this.page.selectOption(`[name=${window}-day]`, String(Number(day)))
    }
    await this.page.click('#make-draft')
  }

  /** The three holders choose passphrases and save their files; every pair is rehearsed. Answers the files. */
  async holdCeremony(passphrases: readonly string[], look: Look = nothing): Promise<string[]> {
    const files: string[] = []
    for (const [at, passphrase] of passphrases.entries()) {
      await this.page.waitForSelector(`[data-holder="${at + 1}"]`)
      await this.page.fill('[name=passphrase]', passphrase)
      await this.page.fill('[name=again]', passphrase)
      await this.page.click('[data-holder] button[type=submit]')
      files.push(...(await this.saved('#save-key')))
      if (at === 0) await look('keep-key')
      await this.page.click('#kept')
    }
    await this.page.waitForSelector('[data-rehearsal]')
    for (const [at, file] of files.entries()) await this.unlock(file, passphrases[at] ?? '', at + 1)
    await this.page.waitForSelector('[data-rehearsal="0"]')
    await look('rehearsed')
    return files
  }

  /** A holder's file and passphrase. */
  async unlock(file: string, passphrase: string, index: number): Promise<void> {
    await this.page.setInputFiles('[name=key]', file)
    await this.page.fill('#passphrase', passphrase)
    await this.page.click('.share-desk button[type=submit]')
    await this.page.waitForSelector(`[data-share="${index}"]`)
  }

  /** Goes to a part of a round's page by its link. */
  async part(name: 'watch' | 'sheets' | 'tablets' | 'oit' | 'open' | 'measures'): Promise<void> {
    await this.page.click(`.parts a[href$=".${name}"]`)
  }

  /** Prints slips of a lane; answers their codes as read from the paper. */
  async printedCodes(lane: string, count: number): Promise<Code[]> {
    await this.page.selectOption('#slips-lane', lane)
    await this.page.fill('[data-form=slips] [name=count]', String(count))
    const [file = ''] = await this.saved('[data-form=slips] button[type=submit]')
    const text = (await readPdfTexts(readFileSync(file))).join('\n')
    const codes = [
      ...text.matchAll(/([0-9A-Z]{4}) ([0-9A-Z]{4}) ([0-9A-Z]{4})\s+([0-9A-Z]{4}) ([0-9A-Z]{4}) ([0-9A-Z]{4})/g),
    ]
    return codes.map((groups) => {
      const read = parseCode(groups.slice(1).join(''))
      if (!read) throw new Error(`not a code: ${groups[0]}`)
      return read.code
    })
  }

  /** Names of the files that were saved. */
  files(): string[] {
    return readdirSync(this.downloads).sort()
  }
}

/** Opens the first round of the list with holders 1 and 2. */
export async function openBox(office: OfficePage, keys: readonly string[]): Promise<void> {
  await office.page.click('.card')
  await office.part('open')
  await office.page.waitForSelector('[data-open-desk]')
  await office.unlock(keys[0] ?? '', HOLDER_PASSPHRASES[0], 1)
  await office.unlock(keys[1] ?? '', HOLDER_PASSPHRASES[1], 2)
  await office.page.click('#open-box')
}
