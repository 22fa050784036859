import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { shareSetName } from '#protocol/key-file'
import type { Lane } from '#protocol/lane'
import { keySharesOf } from '#protocol/manifest'
import { sealedLines } from '../../box/sealed-lines.ts'
import { ActRefused } from '../../campaigns/act-refused.ts'
import type { StoredCampaign } from '../../campaigns/campaign-register.ts'
import { isClosed } from '../../campaigns/campaign-state.ts'
import type { PaperName } from '../../office/papers.ts'
import { noteOpening } from '../../rounds/campaign-life.ts'
import { choosePart } from '../../rounds/part-choices.ts'
import { BoxProofs, openableCampaign } from '../box-proofs.ts'
import { CAMPAIGN_PARAMS, PROOF_SCHEMA } from '../schemas.ts'
import { type AdminRoute, refusal, type Visit } from './gate.ts'
import type { Office } from './office.ts'
import { roundOf, viewOf } from './round-routes.ts'
import { CHOOSE_PART, EXPORTED, PAPER_PARAMS, ROWS_CONFIRMED, SAVE_PAPER } from './schemas.ts'

/** Larger than a respondent's message: a paper holds all tables of a round. */
const PAPER_BODY_BYTES = 1_600_000

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
      may: 'open',
      proof: true,
      ...ROUND,
      handle: async (visit) => proofs.challenge(await openable(visit)),
    },
    {
      method: 'POST',
      path: '/rounds/:cid/sealed',
      may: 'open',
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
    ...rowRoutes(office),
    ...recordRoutes(office),
    ...paperRoutes(office),
  ]
}

/** What leaves of a part, chosen once; and the holders' word before whole rows are saved. */
function rowRoutes(office: Office): AdminRoute[] {
  const { here } = office
  return [
    {
      method: 'POST',
      path: '/rounds/:cid/choose',
      may: 'open',
      proof: true,
      ...ROUND,
      body: CHOOSE_PART,
      async handle(visit) {
        const round = await roundOf(office, visit)
        const chosen = visit.request.body as { lane: Lane; choice: 'rows' | 'breakdowns' }
        await choosePart(here, round, chosen, visit.account.name)
        return { v: 1, round: await viewOf(office, visit.request, round) }
      },
    },
    {
      method: 'POST',
      path: '/rounds/:cid/rows-confirmed',
      may: 'open',
      proof: true,
      ...ROUND,
      body: ROWS_CONFIRMED,
      async handle(visit) {
        const { manifest, state } = await roundOf(office, visit)
        if (!isClosed(state)) throw new ActRefused('this campaign is not closed', 'wrong-state')
        const { shares } = visit.request.body as { shares: number[] }
        const { shares: all, threshold } = keySharesOf(manifest)
        if (shares.length < threshold || shares.some((share) => share > all))
          throw new ActRefused('these shares do not open this box', 'wrong-state')
        const facts = { shares: shareSetName(shares) }
        await here.acts.write({ by: visit.account.name, act: 'rows-confirmed', campaign: manifest.cid, facts })
        return { v: 1 }
      },
    },
  ]
}

/** What left the room, and the log of all acts. */
function recordRoutes(office: Office): AdminRoute[] {
  const { here } = office
  return [
    {
      method: 'POST',
      path: '/rounds/:cid/exported',
      may: 'open',
      proof: true,
      ...ROUND,
      body: EXPORTED,
      async handle(visit) {
        const { manifest } = await roundOf(office, visit)
        const { what, rows } = visit.request.body as { what: string; rows: string }
        const note = {
          by: visit.account.name,
          act: 'results-exported',
          campaign: manifest.cid,
          facts: { what, rows },
        } as const
        await here.acts.write(note)
        return { v: 1 }
      },
    },
    {
      method: 'GET',
      path: '/acts',
      may: 'open',
      async handle() {
        const { count, head, brokenAt } = await here.acts.check()
        const acts = (await here.acts.all()).map(({ act }) => act)
        return { v: 1, acts, count, head, brokenAt }
      },
    },
  ]
}

/** Tables are kept of an opened box only: what was opened when, and the hash of what was kept, are in the log. */
async function refuseWithoutOpening(
  here: Office['here'],
  paper: PaperName,
  { manifest }: StoredCampaign,
): Promise<void> {
  if (paper === 'results' && !(await here.acts.last('box-opened', manifest.cid)))
    throw new ActRefused('there is no opening whose tables could be kept', 'wrong-state')
}

function paperRoutes(office: Office): AdminRoute[] {
  const { here } = office
  const { papers } = here.office
  const nameOf = ({ request }: Visit) => (request.params as { paper: PaperName }).paper
  return [
    {
      method: 'GET',
      path: '/rounds/:cid/papers/:paper',
      may: 'look',
      params: PAPER_PARAMS,
      async handle(visit) {
        const { manifest } = await roundOf(office, visit)
        return { v: 1, ...(await papers.read(manifest.cid, nameOf(visit))) }
      },
    },
    {
      method: 'PUT',
      path: '/rounds/:cid/papers/:paper',
      may: 'run',
      params: PAPER_PARAMS,
      body: SAVE_PAPER,
      bodyLimit: PAPER_BODY_BYTES,
      async handle(visit) {
        const round = await roundOf(office, visit)
        const { manifest } = round
        // everybody will take these tables for the round's result, and these figures for its past
        if (nameOf(visit) !== 'oit' && office.sessions.provenForMs(visit.session) === 0)
          throw refusal(403, 'prove-again')
        const { version, text } = visit.request.body as { version: number; text: string }
        await refuseWithoutOpening(here, nameOf(visit), round)
        const saved = await papers.save(manifest.cid, nameOf(visit), { version, text })
        if (!saved) throw refusal(409, 'paper-changed')
        const act = `${nameOf(visit)}-kept` as const
        const facts = { hash: createHash('sha256').update(text).digest('hex') }
        await here.acts.write({ by: visit.account.name, act, campaign: manifest.cid, facts })
        return { v: 1, version: saved.version }
      },
    },
  ]
}
