import type { Command } from 'commander'
import { backUp, restore } from '#collector/installation/backup'
import { resealAll } from '#collector/installation/storage-jobs'
import { Failure } from '../installation/failure.ts'
import { administrator, inFolder } from '../installation/installation.ts'

export function addKeepCommands(program: Command): void {
  program
    .command('reseal')
    .description(
      'seal the responses of running rounds anew, in random order, now; a running collector does it every night',
    )
    .requiredOption('--data <folder>', 'data folder')
    .action(async ({ data }: { data: string }) => {
      await inFolder(data, (here) => resealAll(here, administrator()))
      process.stdout.write('sealed anew\n')
    })
  program
    .command('backup')
    .description('seal responses anew, then copy the files; takes the place of the backup that was there')
    .requiredOption('--data <folder>', 'data folder')
    .requiredOption('--out <folder>', 'folder of the one backup')
    .action(async ({ data, out }: { data: string; out: string }) => {
      const files = await inFolder(data, (here) => backUp(here, data, out, administrator()))
      process.stdout.write(
        `${files.join(', ')} in ${out}; the intake keys are not in it: keep a copy of them elsewhere, never beside it\n`,
      )
    })
  program
    .command('restore')
    .description('put a backup into a new data folder')
    .requiredOption('--from <folder>', 'the backup')
    .requiredOption('--data <folder>', 'data folder; must not hold anything yet')
    .action(async ({ from, data }: { from: string; data: string }) => {
      await restore(from, data, administrator())
      process.stdout.write(
        'restored; what was delivered after the backup is lost, and slips exchanged after it can be exchanged again: compare the counts\n',
      )
    })
  program
    .command('log')
    .description('print the log of administrators’ acts, one JSON line each, and check its chain')
    .requiredOption('--data <folder>', 'data folder')
    .option('--since <head>', 'head that a sheet, the receipts or an earlier look shows: the log must still contain it')
    .action(printLog)
}

async function printLog({ data, since }: { data: string; since?: string }): Promise<void> {
  const known = since === undefined ? null : headOption(since)
  await inFolder(data, async ({ acts }) => {
    const all = await acts.all()
    for (const { act, hash } of all) process.stdout.write(`${JSON.stringify({ ...act, hash })}\n`)
    const { count, head, brokenAt } = await acts.check()
    if (brokenAt !== null) throw new Failure(`the chain breaks at act ${brokenAt}: the log was altered`)
    if (known !== null && !all.some(({ hash }) => hash.startsWith(known)))
      throw new Failure(
        `the log does not contain the head ${since}: it was written anew or cut off; keep what shows this head and tell the auditor`,
      )
    process.stderr.write(`${count} acts, chain whole, head ${head.slice(0, 20)}\n`)
  })
}

/** A head as it is printed, in groups of four, or whole. */
function headOption(text: string): string {
  const head = text.replace(/\s/g, '').toLowerCase()
  if (!/^[0-9a-f]{16,64}$/.test(head)) throw new Failure('give a head of the log: at least 16 hexadecimal digits', 2)
  return head
}
