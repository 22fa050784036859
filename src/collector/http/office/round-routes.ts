import type { FastifyRequest } from 'fastify'
import { bangkokDay, isOver } from '#protocol/day'
import { isDemonstration } from '#protocol/manifest'
import type { RoundView } from '#protocol/office'
import { planFault } from '#protocol/round-plan'
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
import { type Handlers, originOf, type Visit } from './gate.ts'
import type { Office } from './office.ts'

/** The round of a request's path. Drafts, too: the team makes them. */
export async function roundOf({ here }: Office, params: { readonly cid: string }): Promise<StoredCampaign> {
  const found = await here.box.campaigns.findNow(exactBytes(params.cid))
  if (!found) throw new RefusalError(404, 'campaign-unknown', 'this collector has no such campaign')
  return found
}

/** Where respondents reach the app: printed on slips and behind every QR. */
export function respondentsOrigin(office: Office, request: FastifyRequest): string {
  return office.tools.respondentsOrigin ?? originOf(office, request)
}

/** A round as the team may see it, for whoever asks. */
export async function viewOf(
  office: Office,
  request: FastifyRequest,
  round: StoredCampaign,
): Promise<{ readonly round: RoundView }> {
  const facts = { origin: respondentsOrigin(office, request), now: office.now() }
  return { round: await roundView(office.here, round, facts) }
}

/** Rounds: see them, make one, and lead it through its life. */
export function roundRoutes(office: Office) {
  const { here, now } = office
  return {
    async 'GET /rounds'({ request }) {
      const all = await here.box.campaigns.all()
      const views = await Promise.all(all.map((one) => viewOf(office, request, one)))
      return { today: bangkokDay(now()), rounds: views.map(({ round }) => round) }
    },
    ...makingRoutes(office),
    ...lifeRoutes(office),
  } satisfies Partial<Handlers>
}

/** A round is made in two steps: the collector says all that its manifest will hold, and only then the browser makes the box's key. */
function makingRoutes(office: Office) {
  const { here, tools, now } = office
  const commitments = new Commitments(now)
  return {
    async 'POST /rounds/commitment'({ body: { plan, emblem }, account }) {
      const fault = planFault(plan, bangkokDay(now()))
      if (fault) throw new ActRefused(fault.fault)
      const forms = await tools.formsOf(plan.instruments, here)
      if (!forms) throw new ActRefused('no-instruments')
      const committed = await commitToPlan(plan, forms, emblem === '' ? null : Buffer.from(emblem, 'base64url'))
      commitments.keep(account.id.toString('hex'), committed)
      return { commitment: committed.text }
    },
    async 'POST /rounds'({ request, body: { cid, boxKey }, account }) {
      const committed = commitments.take(account.id.toString('hex'), exactBytes(cid))
      const made = { boxKey: exactBytes(boxKey), by: account.name }
      return viewOf(office, request, await makeDraft(here, committed, made))
    },
  } satisfies Partial<Handlers>
}

type LifeCall = 'POST /rounds/:cid/begin' | 'POST /rounds/:cid/end-issue' | 'POST /rounds/:cid/close'

function lifeRoutes(office: Office) {
  const { here, now } = office
  /** The act, and the round as it is afterwards. */
  const act =
    <C extends LifeCall>(work: (round: StoredCampaign, visit: Visit<C>) => Promise<unknown>) =>
    async (visit: Visit<C> & { readonly params: { readonly cid: string } }) => {
      await work(await roundOf(office, visit.params), visit)
      return viewOf(office, visit.request, await roundOf(office, visit.params))
    }
  return {
    'POST /rounds/:cid/begin': act((round, { account }) => beginCampaign(here, round, account.name)),
    'POST /rounds/:cid/end-issue': act((round, { account }) => endIssue(here, round, account.name)),
    'POST /rounds/:cid/close': act<'POST /rounds/:cid/close'>(async (round, { account, body }) => {
      const why = body.why.trim()
      // once more: whatever an interruption left undone
      const early = !isClosed(round.state) && !isOver(round.manifest, now()) && !isDemonstration(round.manifest)
      if (early && why === '') throw new ActRefused('close-needs-reason')
      await closeCampaign(here, round, account.name, why === '' ? undefined : why)
    }),
    async 'POST /rounds/:cid/discard'({ params, account }) {
      await discardDraft(here, await roundOf(office, params), account.name)
      return {}
    },
  } satisfies Partial<Handlers>
}
