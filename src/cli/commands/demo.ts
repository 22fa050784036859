import type { Command } from 'commander'
import { demoCampaign } from '../demo/demo-campaign.ts'

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('make a demo campaign in a data folder and print where its parts are, as JSON')
    .requiredOption('--data <folder>', 'data folder; an existing demo campaign is only printed again')
    .option('--origin <url>', 'address the slips lead to', 'http://127.0.0.1:8080')
    .action(async ({ data, origin }: { data: string; origin: string }) => {
      process.stdout.write(`${JSON.stringify(await demoCampaign(data, origin), null, 2)}\n`)
    })
}
