import { type Command, Option } from 'commander'
import { writeResponses } from '../csv-file.ts'
import { makeFixture2566 } from '../fixture-2566.ts'
import { countOption } from '../options.ts'
import { SeededRandom } from '../seeded-random.ts'

export function addFixtureCommand(program: Command): void {
  program
    .command('fixture')
    .description('write individual responses that score exactly as published (109 IIT, 404 EIT Public, 42 EIT Survey)')
    .argument('<year>', 'fiscal year; 2566 is the one published so far', (year: string) => year)
    .requiredOption('--out <file>', 'CSV file to write')
    .addOption(new Option('--seed <n>', 'repeatable choice').argParser(countOption).default(2566))
    .action((year: string, { out, seed }: { out: string; seed: number }, command: Command) => {
      if (year !== '2566') command.error(`error: no published figures of ${year}; give 2566`)
      writeResponses(out, makeFixture2566(new SeededRandom(seed)))
    })
}
