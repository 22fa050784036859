import { type Command, Option } from 'commander'
import { PUBLISHED } from '#instruments/published'
import { roundFormsOf } from '#results/round-forms'
import { makeFixture } from '../demo/fixture.ts'
import { SeededRandom } from '../demo/seeded-random.ts'
import { writeResponses } from '../files/csv-file.ts'
import { countOption } from '../terminal/options.ts'

export function addFixtureCommand(program: Command): void {
  const years = PUBLISHED.map(({ fiscalYear }) => String(fiscalYear))
  program
    .command('fixture')
    .description('write individual responses that score exactly as some department published')
    .argument('<year>', `fiscal year of the figures: ${years.join(', ')}`, (year: string) => year)
    .requiredOption('--out <file>', 'CSV file to write')
    .addOption(new Option('--seed <n>', 'repeatable choice').argParser(countOption).default(1))
    .action((year: string, { out, seed }: { out: string; seed: number }, command: Command) => {
      const figures = PUBLISHED.find(({ fiscalYear }) => String(fiscalYear) === year)
      const forms = figures && roundFormsOf(figures.instruments)
      if (!figures || !forms) return command.error(`error: no published figures of ${year}; give ${years.join(', ')}`)
      writeResponses(out, makeFixture(figures, forms, new SeededRandom(seed)), forms)
    })
}
