import cookie from '@fastify/cookie'
import type { FastifyInstance } from 'fastify'
import { Attempts } from '../../office/attempts.ts'
import { Sessions } from '../../office/sessions.ts'
import type { RateLimits } from '../rate-limits.ts'
import { accountRoutes } from './account-routes.ts'
import { ceremonyRoutes } from './ceremony-routes.ts'
import { addGated, type Handlers } from './gate.ts'
import { instrumentsRoutes } from './instruments-routes.ts'
import { measureRoutes } from './measure-routes.ts'
import type { Office, OfficeTools } from './office.ts'
import { openingRoutes } from './opening-routes.ts'
import { reportRoutes } from './report-routes.ts'
import { roundRoutes } from './round-routes.ts'
import { sheetRoutes } from './sheet-routes.ts'
import { signInRoutes } from './sign-in-routes.ts'

/** Adds the survey team's room to a collector that holds both issuer and box. */
export async function addOffice(
  app: FastifyInstance,
  here: Office['here'],
  tools: OfficeTools,
  { now, limits }: { readonly now: () => number; readonly limits: RateLimits },
): Promise<void> {
  await app.register(cookie)
  const office: Office = {
    here,
    tools,
    origin: tools.origin,
    now,
    sessions: new Sessions(now),
    attempts: new Attempts(now),
  }
  addGated(app, office, officeHandlers(office, limits))
}

/** What is done for each of its calls. */
function officeHandlers(office: Office, limits: RateLimits): Handlers {
  return {
    ...signInRoutes(office, limits),
    ...accountRoutes(office, limits),
    ...instrumentsRoutes(office),
    ...roundRoutes(office),
    ...ceremonyRoutes(office),
    ...sheetRoutes(office),
    ...openingRoutes(office),
    ...measureRoutes(office),
    ...reportRoutes(office),
  }
}
