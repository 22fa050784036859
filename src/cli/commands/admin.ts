import { type Command, Option } from 'commander'
import { invitationLink } from '#collector/http/office/account-routes'
import { ROLES, type Role } from '#protocol/office'
import { Failure } from '../installation/failure.ts'
import { administrator, inFolder } from '../installation/installation.ts'
import { originOption } from '../terminal/options.ts'

const DAY_MS = 86_400_000

interface InviteOptions {
  readonly data: string
  readonly role: Role
  readonly origin: string
}

export function addAdminCommands(program: Command): void {
  const admin = program.command('admin').description('the survey team’s room at /admin/: who may enter')
  admin
    .command('invite')
    .description('print a link that makes one account, once, within a day; the way back in when nobody can sign in')
    .requiredOption('--data <folder>', 'data folder')
    .addOption(new Option('--role <role>', 'what the account may do').choices(ROLES).default('admin'))
    .requiredOption('--origin <url>', 'address of the room, e.g. https://ita.example.go.th', originOption)
    .action(invite)
}

async function invite({ data, role, origin }: InviteOptions): Promise<void> {
  await inFolder(data, async ({ office, acts }) => {
    if (!office) throw new Failure('the room is where issuer and box are together; name that data folder')
    await acts.write({ by: administrator(), act: 'account-invited', facts: { role } })
    const token = await office.accounts.invite(role, Date.now() + DAY_MS)
    process.stdout.write(`${invitationLink(origin, token)}\n`)
  })
}

/** A link for the first administrator; null once there is one. Links that were printed before are good no more. */
export async function firstAdministratorLink(data: string, origin: string): Promise<string | null> {
  return inFolder(data, async ({ office, acts }) => {
    if (!office || (await office.accounts.hasAdmin())) return null
    await office.accounts.withdrawAdminInvitations()
    await acts.write({ by: administrator(), act: 'account-invited', facts: { role: 'admin' } })
    return invitationLink(origin, await office.accounts.invite('admin', Date.now() + DAY_MS))
  })
}
