import type { FastifyRequest } from 'fastify'
import { bangkokDay, isOver } from '#protocol/day'
import { MOST_EMBLEM_BYTES } from '#protocol/emblem'
import { isDemonstration } from '#protocol/manifest'
import type { RoundView } from '#protocol/office'
import { planFault, type RoundPlan } from '#protocol/round-plan'
import { ActRefused } from '../../campaigns/act-refused.ts'
import type { StoredCampaign } from '../../campaigns/campaign-register.ts'
import { isClosed } from '../../campaigns/campaign-state.ts'
import { beginCampaign, closeCampaign, endIssue } from '../../rounds/campaign-life.ts'
import { Commitments } from '../../rounds/commitments.ts'
import { discardDraft } from '../../rounds/discard-draft.ts'
import { commitToPlan, makeDraft } from '../../rounds/make-draft.ts'
import { roundView } from '../../rounds/round-view.ts'
import { exactBytes } from '../exact-base64.ts'
import { RefusalError } from '../refusal.ts'
import { CAMPAIGN_PARAMS } from '../schemas.ts'
import { type AdminRoute, originOf, type Visit } from './gate.ts'
import type { Office } from './office.ts'
import { CLOSE, COMMIT_ROUND, CREATE_ROUND } from './schemas.ts'

/** The round of a request's path. Drafts, too: the team makes them. */
export async function roundOf({ here }: Office, { request }: Pick<Visit, 'request'>): Promise<StoredCampaign> {
  const cid = exactBytes((request.params as { cid: string }).cid)
  const found = await here.box.campaigns.findNow(cid)
  if (!found) throw new RefusalError(404, 'campaign-unknown', 'this collector has no such campaign')
  return found
}

/** Where respondents reach the app: printed on slips and behind every QR. */
export function respondentsOrigin(office: Office, request: FastifyRequest): string {
  return office.tools.respondentsOrigin ?? originOf(office, request)
}

/** A round as the team may see it, for whoever asks. */
export function viewOf(office: Office, request: FastifyRequest, round: StoredCampaign): Promise<RoundView> {
  return roundView(office.here, round, { origin: respondentsOrigin(office, request), now: office.now() })
}

/** Rounds: see them, make one, and lead it through its life. */
export function roundRoutes(office: Office): AdminRoute[] {
  const { here, now } = office
  const view = async (visit: Pick<Visit, 'request'>) => ({
    v: 1,
    round: await viewOf(office, visit.request, await roundOf(office, visit)),
  })
  return [
    {
      method: 'GET',
      path: '/rounds',
      may: 'look',
      async handle({ request }) {
        const all = await here.box.campaigns.all()
        return {
          v: 1,
          today: bangkokDay(now()),
          rounds: await Promise.all(all.map((one) => viewOf(office, request, one))),
        }
      },
    },
    ...makingRoutes(office),
    ...lifeRoutes(office, view),
  ]
}

/** A round is made in two steps: the collector says all that its manifest will hold, and only then the browser makes the box's key. */
function makingRoutes(office: Office): AdminRoute[] {
  const { here, tools, now } = office
  const commitments = new Commitments(now)
  return [
    {
      method: 'POST',
      path: '/rounds/commitment',
      may: 'run',
      proof: true,
      body: COMMIT_ROUND,
      bodyLimit: 2 * MOST_EMBLEM_BYTES,
      async handle({ request, account }) {
        const { plan, emblem } = request.body as { plan: RoundPlan; emblem: string }
        const fault = planFault(plan, bangkokDay(now()))
        if (fault) throw new ActRefused(fault.fault)
        const forms = await tools.formsOf(plan.instruments, here)
        if (!forms) throw new ActRefused('no-instruments')
        const committed = await commitToPlan(plan, forms, emblem === '' ? null : Buffer.from(emblem, 'base64url'))
        commitments.keep(account.id.toString('hex'), committed)
        return { v: 1, commitment: committed.text }
      },
    },
    {
      method: 'POST',
      path: '/rounds',
      may: 'run',
      proof: true,
      body: CREATE_ROUND,
      async handle({ request, account }) {
        const { cid, boxKey } = request.body as { cid: string; boxKey: string }
        const committed = commitments.take(account.id.toString('hex'), exactBytes(cid))
        const made = { boxKey: exactBytes(boxKey), by: account.name }
        return { v: 1, round: await viewOf(office, request, await makeDraft(here, committed, made)) }
      },
    },
  ]
}

function lifeRoutes(office: Office, view: (visit: Pick<Visit, 'request'>) => Promise<unknown>): AdminRoute[] {
  const { here, now } = office
  const act = (path: string, work: (visit: Visit, round: StoredCampaign) => Promise<unknown>): AdminRoute => ({
    method: 'POST',
    path: `/rounds/:cid${path}`,
    may: 'run',
    proof: true,
    params: CAMPAIGN_PARAMS,
    ...(path === '/close' ? { body: CLOSE } : {}),
    async handle(visit) {
      await work(visit, await roundOf(office, visit))
      return view(visit)
    },
  })
  return [
    act('/begin', ({ account }, round) => beginCampaign(here, round, account.name)),
    act('/end-issue', ({ account }, round) => endIssue(here, round, account.name)),
    act('/close', async ({ account, request }, round) => {
      const why = (request.body as { why: string }).why.trim()
      // once more: whatever an interruption left undone
      const early = !isClosed(round.state) && !isOver(round.manifest, now()) && !isDemonstration(round.manifest)
      if (early && why === '') throw new ActRefused('close-needs-reason')
      await closeCampaign(here, round, account.name, why === '' ? undefined : why)
    }),
    {
      method: 'POST',
      path: '/rounds/:cid/discard',
      may: 'run',
      proof: true,
      params: CAMPAIGN_PARAMS,
      async handle(visit) {
        await discardDraft(here, await roundOf(office, visit), visit.account.name)
        return { v: 1 }
      },
    },
  ]
}
