import { Readable } from 'node:stream'
import { sealedLines } from '../../box/sealed-lines.ts'
import { noteOpening } from '../../campaigns/campaign-life.ts'
import type { PaperName } from '../../office/papers.ts'
import { BoxProofs, openableCampaign } from '../box-proofs.ts'
import { CAMPAIGN_PARAMS, PROOF_SCHEMA } from '../schemas.ts'
import { type AdminRoute, refusal, type Visit } from './gate.ts'
import type { Office } from './office.ts'
import { roundOf } from './round-routes.ts'
import { EXPORTED, PAPER_PARAMS, SAVE_PAPER } from './schemas.ts'

/** Larger than a respondent's message: a paper holds all tables of a round. */
const PAPER_BODY_BYTES = 1_600_000

const OPENERS = ['admin', 'holder'] as const
const ROUND = { params: CAMPAIGN_PARAMS } as const

/** The sealed box, for whoever proves to hold its key, and what comes of it. */
export function openingRoutes(office: Office): AdminRoute[] {
  const { here } = office
  const proofs = new BoxProofs(office.now)
  const openable = ({ request }: Pick<Visit, 'request'>) =>
    openableCampaign(here.box, (request.params as { cid: string }).cid)
  return [
    {
      method: 'POST',
      path: '/rounds/:cid/challenge',
      roles: OPENERS,
      proof: true,
      ...ROUND,
      handle: async (visit) => proofs.challenge(await openable(visit)),
    },
    {
      method: 'POST',
      path: '/rounds/:cid/sealed',
      roles: OPENERS,
      proof: true,
      ...ROUND,
      body: PROOF_SCHEMA,
      async handle(visit) {
        const round = await openable(visit)
        proofs.take(round, visit.request.body as { challenge: string; proof: string })
        await noteOpening(here, round, visit.account.name)
        return visit.reply.type('application/x-ndjson').send(Readable.from(sealedLines(here.box, round)))
      },
    },
    ...recordRoutes(office),
    ...paperRoutes(office),
  ]
}

/** What left the room, and the log of all acts. */
function recordRoutes(office: Office): AdminRoute[] {
  const { here } = office
  return [
    {
      method: 'POST',
      path: '/rounds/:cid/exported',
      roles: OPENERS,
      proof: true,
      ...ROUND,
      body: EXPORTED,
      async handle(visit) {
        const { manifest } = await roundOf(office, visit)
        const { what } = visit.request.body as { what: string }
        const note = {
          by: visit.account.name,
          act: 'results-exported',
          campaign: manifest.cid,
          facts: { what },
        } as const
        await here.acts.write(note)
        return { v: 1 }
      },
    },
    {
      method: 'GET',
      path: '/acts',
      roles: OPENERS,
      async handle() {
        const { count, head, brokenAt } = await here.acts.check()
        const acts = (await here.acts.all()).map(({ act }) => act)
        return { v: 1, acts, count, head, brokenAt }
      },
    },
  ]
}

function paperRoutes(office: Office): AdminRoute[] {
  const { here } = office
  const { papers } = here.office
  const nameOf = ({ request }: Visit) => (request.params as { paper: PaperName }).paper
  return [
    {
      method: 'GET',
      path: '/rounds/:cid/papers/:paper',
      roles: ['admin', 'holder', 'viewer'],
      params: PAPER_PARAMS,
      async handle(visit) {
        const { manifest } = await roundOf(office, visit)
        return { v: 1, ...(await papers.read(manifest.cid, nameOf(visit))) }
      },
    },
    {
      method: 'PUT',
      path: '/rounds/:cid/papers/:paper',
      roles: ['admin'],
      params: PAPER_PARAMS,
      body: SAVE_PAPER,
      bodyLimit: PAPER_BODY_BYTES,
      async handle(visit) {
        const { manifest } = await roundOf(office, visit)
        // everybody will take these tables for the round's result
        if (nameOf(visit) === 'results' && office.sessions.provenForMs(visit.session) === 0)
          throw refusal(403, 'prove-again')
        const { version, text } = visit.request.body as { version: number; text: string }
        const saved = await papers.save(manifest.cid, nameOf(visit), { version, text })
        if (!saved) throw refusal(409, 'paper-changed')
        const act = nameOf(visit) === 'oit' ? 'oit-kept' : 'results-kept'
        await here.acts.write({ by: visit.account.name, act, campaign: manifest.cid })
        return { v: 1, version: saved.version }
      },
    },
  ]
}
