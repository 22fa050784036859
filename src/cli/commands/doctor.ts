import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { intakeKeysBeside } from '#collector/installation/data-folder'
import words from '#locales/th/doctor.json' with { type: 'json' }
import { addressDiagnoses } from '../doctor/address.ts'
import { backupDiagnoses } from '../doctor/backups.ts'
import { type Diagnosis, diagnosis, type Health } from '../doctor/diagnosis.ts'
import { folderDiagnoses, opensDiagnosis } from '../doctor/folder.ts'
import { machineDiagnoses, readMachine } from '../doctor/machine.ts'
import { roundDiagnoses, stillExpected } from '../doctor/rounds.ts'
import { Failure } from '../installation/failure.ts'
import { inFolder } from '../installation/installation.ts'
import { folderOptions } from '../installation/places.ts'
import { originOption } from '../terminal/options.ts'
import { padded } from '../terminal/terminal-columns.ts'
import { thaiNow } from '../terminal/thai-now.ts'

interface DoctorOptions {
  readonly data: string
  readonly url?: string
  readonly backups?: string
}

type Blocks = Partial<Record<keyof (typeof words)['block'], readonly Diagnosis[]>>

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description(
      'look at machine, data, keys, backups, rounds and address, and say what to do; changes none of the data',
    )
    .requiredOption('--data <folder>', 'data folder')
    .option('--url <url>', 'address as phones use it', originOption)
    .option('--backups <folder>', 'folder of the nightly backup')
    .action(doctor)
}

async function doctor(options: DoctorOptions): Promise<void> {
  if (!existsSync(options.data))
    throw new Failure(`${options.data} is not there; name the data folder of the collector`)
  const blocks = await examine(options, Date.now())
  process.stdout.write(report(blocks))
  const ill = Object.values(blocks)
    .flat()
    .filter(({ health }) => health === 'ill')
    .map(({ check }) => check)
  if (ill.length > 0) throw new Failure(`${ill.length} things must be mended: ${ill.join(', ')}`)
}

async function examine({ data, url, backups }: DoctorOptions, nowMs: number): Promise<Blocks> {
  const folder = await folderDiagnoses(data, folderOptions().keys ?? intakeKeysBeside(data))
  const saved = backupDiagnoses(data, backups, nowMs)
  // what is damaged is not opened: opening writes
  if (folder.some(({ check, health }) => check === 'whole' && health === 'ill'))
    return { machine: machineDiagnoses(readMachine(data, 0)), folder, backups: saved }
  return inFolder(data, async (here) => {
    const campaigns = (await (here.box ?? here.issuer)?.campaigns.all()) ?? []
    return {
      machine: machineDiagnoses(readMachine(data, await stillExpected(here, campaigns))),
      folder: [...folder, await opensDiagnosis(here)],
      backups: saved,
      rounds: await roundDiagnoses(here, campaigns, nowMs),
      address: await addressDiagnoses(url, campaigns, nowMs),
    }
  }).catch((error: unknown) => {
    if (error instanceof Failure) throw error
    const seen = error instanceof Error ? error.message : String(error)
    return {
      machine: machineDiagnoses(readMachine(data, 0)),
      folder: [...folder, diagnosis('opens', false, seen)],
      backups: saved,
    }
  })
}

function report(blocks: Blocks): string {
  const all = Object.values(blocks).flat()
  const count = (health: string) => String(all.filter((one) => one.health === health).length)
  const lines = Object.entries(blocks).flatMap(([name, found]) => [
    '',
    words.block[name as keyof Blocks],
    ...found.flatMap(({ check, health, seen }) => lineOf(check, health, seen)),
  ])
  const sum = words.sum.replace(/\{\{(\w+)\}\}/g, (_match, health) => count(health))
  return [words.title, `${words.at} ${thaiNow()}`, ...lines, '', sum, ''].join('\n')
}

function lineOf(check: Diagnosis['check'], health: Health, seen: string): string[] {
  const { is, mend } = words.check[check]
  const line = `  ${padded(words.verdict[health], 13)} ${padded(is, 52)} ${seen}`
  return health === 'ill' || health === 'look' ? [line, `  ${padded('', 13)} ${words.mend} ${mend}`] : [line]
}
