#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { addAdminCommands } from './commands/admin.ts'
import { addAuditCommand } from './commands/audit.ts'
import { addCampaignCommands } from './commands/campaign.ts'
import { addChooseCommand } from './commands/choose.ts'
import { addCloseCommand } from './commands/close.ts'
import { addCounterCommands } from './commands/counter.ts'
import { addDemoCommand } from './commands/demo.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addFixtureCommand } from './commands/fixture.ts'
import { addInstrumentCommands } from './commands/instrument.ts'
import { addKeepCommands } from './commands/keep.ts'
import { addOpenCommand } from './commands/open.ts'
import { addReplayCommand } from './commands/replay.ts'
import { addReportCommand } from './commands/report.ts'
import { addRescueCommand } from './commands/rescue.ts'
import { addServeCommands } from './commands/serve.ts'
import { addPrintCommands } from './commands/slips.ts'
import { Failure } from './installation/failure.ts'
import { addPlaceOptions } from './installation/places.ts'

const program = new Command('ita')
  .description('โปร่งใส (Prongsai): run, open and test an ITA survey from a terminal')
  .exitOverride()
  .configureHelp({ sortSubcommands: true })

addPlaceOptions(program)
for (const add of [
  addServeCommands,
  addDemoCommand,
  addOpenCommand,
  addCloseCommand,
  addChooseCommand,
  addInstrumentCommands,
  addFixtureCommand,
  addReplayCommand,
  addCampaignCommands,
  addPrintCommands,
  addCounterCommands,
  addReportCommand,
  addRescueCommand,
  addKeepCommands,
  addAuditCommand,
  addDoctorCommand,
  addAdminCommands,
]) {
  add(program)
}

/** 0 done, 1 could not be done, 2 wrongly asked; one line on what and how to mend. */
async function run(): Promise<number> {
  try {
    await program.parseAsync()
    return 0
  } catch (error) {
    // commander has written its line already; help and version are no errors
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    const message = error instanceof Error ? error.message : String(error)
    process.stderr.write(`error: ${message}\n`)
    return error instanceof Failure ? error.exitCode : 1
  }
}

const exitCode = await run()
if (exitCode !== 0) process.exit(exitCode)
