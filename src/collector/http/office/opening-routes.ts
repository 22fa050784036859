import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { shareSetName } from '#protocol/key-file'
import { keySharesOf } from '#protocol/manifest'
import type { PaperName } from '#protocol/office'
import { sealedLines } from '../../box/sealed-lines.ts'
import { ActRefused } from '../../campaigns/act-refused.ts'
import type { StoredCampaign } from '../../campaigns/campaign-register.ts'
import { isClosed } from '../../campaigns/campaign-state.ts'
import { noteOpening } from '../../rounds/campaign-life.ts'
import { choosePart } from '../../rounds/part-choices.ts'
import { BoxProofs, openableCampaign } from '../box-proofs.ts'
import { type Handlers, refusal } from './gate.ts'
import type { Office } from './office.ts'
import { roundOf, viewOf } from './round-routes.ts'

/** The sealed box, for whoever proves to hold its key, and what comes of it. */
export function openingRoutes(office: Office) {
  const { here } = office
  const proofs = new BoxProofs(office.now)
  return {
    async 'POST /rounds/:cid/challenge'({ params }) {
      return proofs.challenge(await openableCampaign(here.box, params.cid))
    },
    async 'POST /rounds/:cid/sealed'({ params, body, account, reply }) {
      const round = await openableCampaign(here.box, params.cid)
      proofs.take(round, body)
      await noteOpening(here, round, account.name)
      return reply.type('application/x-ndjson').send(Readable.from(sealedLines(here.box, round)))
    },
    ...rowRoutes(office),
    ...recordRoutes(office),
    ...paperRoutes(office),
  } satisfies Partial<Handlers>
}

/** What leaves of a part, chosen once; and the holders' word before whole rows are saved. */
function rowRoutes(office: Office) {
  const { here } = office
  return {
    async 'POST /rounds/:cid/choose'({ request, params, body, account }) {
      const round = await roundOf(office, params)
      await choosePart(here, round, body, account.name)
      return viewOf(office, request, round)
    },
    async 'POST /rounds/:cid/rows-confirmed'({ params, body: { shares }, account }) {
      const { manifest, state } = await roundOf(office, params)
      if (!isClosed(state)) throw new ActRefused('this campaign is not closed', 'wrong-state')
      const { shares: all, threshold } = keySharesOf(manifest)
      if (shares.length < threshold || shares.some((share) => share > all))
        throw new ActRefused('these shares do not open this box', 'wrong-state')
      const facts = { shares: shareSetName(shares) }
      await here.acts.write({ by: account.name, act: 'rows-confirmed', campaign: manifest.cid, facts })
      return {}
    },
  } satisfies Partial<Handlers>
}

/** What left the room, and the log of all acts. */
function recordRoutes(office: Office) {
  const { here } = office
  return {
    async 'POST /rounds/:cid/exported'({ params, body: { what, rows }, account }) {
      const { manifest } = await roundOf(office, params)
      const note = { by: account.name, act: 'results-exported', campaign: manifest.cid, facts: { what, rows } } as const
      await here.acts.write(note)
      return {}
    },
    async 'GET /acts'() {
      const { count, head, brokenAt } = await here.acts.check()
      return { acts: (await here.acts.all()).map(({ act }) => act), count, head, brokenAt }
    },
  } satisfies Partial<Handlers>
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

function paperRoutes(office: Office) {
  const { here } = office
  const { papers } = here.office
  return {
    async 'GET /rounds/:cid/papers/:paper'({ params }) {
      const { manifest } = await roundOf(office, params)
      return papers.read(manifest.cid, params.paper)
    },
    async 'PUT /rounds/:cid/papers/:paper'({ params, body: { version, text }, account, session }) {
      const round = await roundOf(office, params)
      const { manifest } = round
      // everybody will take these tables for the round's result, and these figures for its past
      if (params.paper !== 'oit' && office.sessions.provenForMs(session) === 0) throw refusal(403, 'prove-again')
      await refuseWithoutOpening(here, params.paper, round)
      const saved = await papers.save(manifest.cid, params.paper, { version, text })
      if (!saved) throw refusal(409, 'paper-changed')
      const facts = { hash: createHash('sha256').update(text).digest('hex') }
      await here.acts.write({ by: account.name, act: `${params.paper}-kept`, campaign: manifest.cid, facts })
      return { version: saved.version }
    },
  } satisfies Partial<Handlers>
}
