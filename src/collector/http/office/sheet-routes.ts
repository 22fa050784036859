import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Lane } from '#protocol/lane'
import { closingOf } from '../../acts/closing.ts'
import { ActRefused } from '../../campaigns/act-refused.ts'
import { isClosed } from '../../campaigns/campaign-state.ts'
import { emblemOf } from '../../rounds/emblem-of.ts'
import { inviteTablet, type TabletPlace } from '../../rounds/invite-tablet.ts'
import { makeSlips, type Slips } from '../../rounds/make-slips.ts'
import { askSpareSlips, refuseLoneSpare, type SpareSlips } from '../../rounds/spare-slips.ts'
import { exactBytes } from '../exact-base64.ts'
import { CAMPAIGN_PARAMS } from '../schemas.ts'
import type { AdminRoute, Visit } from './gate.ts'
import { InTurn } from './in-turn.ts'
import type { Office } from './office.ts'
import { respondentsOrigin, roundOf, viewOf } from './round-routes.ts'
import { ASK_SPARE, INVITE_TABLET, POSTER_LANE, REVOKE_TABLET, SLIPS, VOID_SLIPS } from './schemas.ts'

const ROUND = { params: CAMPAIGN_PARAMS } as const

/** What is printed, and tablets. Codes leave once, inside the PDF that is answered, and are kept as hashes only. */
export function sheetRoutes(office: Office): AdminRoute[] {
  const { here, tools } = office
  const inTurn = new InTurn()
  const appOrigin = (request: FastifyRequest) => respondentsOrigin(office, request)
  return [
    ...posterRoutes(office),
    {
      method: 'POST',
      path: '/rounds/:cid/slips',
      may: 'run',
      proof: true,
      ...ROUND,
      body: SLIPS,
      async handle({ request, reply, account }) {
        const round = await roundOf(office, { request })
        const { lane, kind, count, unit = '' } = request.body as Slips
        const facts = { lane, kind, count, ...(unit === '' ? {} : { unit }) }
        const second = { by: account.name, now: office.now() }
        // one asking is good for one printing: looked at, printed and written down before the next may look
        const { codes, logHead } = await inTurn.do(round.manifest.cid, async () => {
          if (kind === 'spare') await refuseLoneSpare(here, round.manifest.cid, { lane, count, unit }, second)
          const made = await makeSlips(here.issuer, round, { lane, kind, count, unit })
          // after it was granted, before anything leaves: what was refused is no printing
          const note = { by: account.name, act: 'slips-printed', campaign: round.manifest.cid, facts } as const
          return { codes: made, logHead: await here.acts.write(note) }
        })
        return pdf(
          reply,
          await tools.printing.slips({
            ...{ campaign: round, lane, kind, codes, origin: appOrigin(request), logHead },
            emblem: await emblemOf(here, round.manifest),
          }),
        )
      },
    },
    askSpareRoute(office),
    voidRoute(office),
    ...tabletRoutes(office, appOrigin),
  ]
}

/** Posters, and the sheet that is signed at closing: what everybody may print, and no code is on. */
function posterRoutes(office: Office): AdminRoute[] {
  const { here, tools } = office
  return (['poster', 'open-poster', 'closing-sheet'] as const).map((what) => ({
    method: 'GET',
    path: `/rounds/:cid/${what}`,
    may: 'look',
    ...ROUND,
    async handle({ request, reply }) {
      const round = await roundOf(office, { request })
      if (what === 'open-poster' && !round.manifest.lanes['eit-open'])
        throw new ActRefused('this campaign has no open lane', 'wrong-state')
      const emblem = await emblemOf(here, round.manifest)
      const facts = { origin: respondentsOrigin(office, request), logHead: await here.acts.head(), emblem }
      if (what === 'poster') return pdf(reply, await tools.printing.poster(round, facts))
      if (what === 'open-poster') return pdf(reply, await tools.printing.openPoster(round, facts))
      const closing = await closingOf(here.acts, round.manifest.cid)
      if (!closing) throw new ActRefused('this campaign is not closed', 'wrong-state')
      return pdf(reply, await tools.printing.closingSheet(round, { ...facts, ...closing }))
    },
  }))
}

/** Spare slips are asked for by one administrator and printed by another. */
function askSpareRoute(office: Office): AdminRoute {
  return {
    method: 'POST',
    path: '/rounds/:cid/ask-spare',
    may: 'run',
    proof: true,
    ...ROUND,
    body: ASK_SPARE,
    async handle({ request, account }) {
      const round = await roundOf(office, { request })
      await askSpareSlips(office.here, round, request.body as SpareSlips, account.name)
      return { v: 1, round: await viewOf(office, request, round) }
    },
  }
}

function voidRoute(office: Office): AdminRoute {
  const { here } = office
  return {
    method: 'POST',
    path: '/rounds/:cid/void-slips',
    may: 'run',
    proof: true,
    ...ROUND,
    body: VOID_SLIPS,
    async handle({ request, account }) {
      const round = await roundOf(office, { request })
      const { lane, printing } = request.body as { lane: Lane; printing: number }
      if (isClosed(round.state))
        throw new ActRefused('this campaign is closed: its slips are counted and published', 'wrong-state')
      const known = round.manifest.lanes[lane] ? await here.issuer.slips.of(round.cid, lane) : []
      if (!known.some((one) => one.batch === printing && !one.voided))
        throw new ActRefused('there is no such printing to void', 'wrong-state')
      const facts = { lane, printing }
      await here.acts.write({ by: account.name, act: 'slips-voided', campaign: round.manifest.cid, facts })
      await here.issuer.slips.void(round.cid, lane, printing)
      return { v: 1, round: await viewOf(office, request, round) }
    },
  }
}

function tabletRoutes(office: Office, appOrigin: (request: FastifyRequest) => string): AdminRoute[] {
  const { here } = office
  const act = (path: string, body: object, work: (visit: Visit) => Promise<object>): AdminRoute => ({
    method: 'POST',
    path: `/rounds/:cid${path}`,
    may: 'run',
    proof: true,
    ...ROUND,
    body,
    async handle(visit) {
      const more = await work(visit)
      return { v: 1, ...more, round: await viewOf(office, visit.request, await roundOf(office, visit)) }
    },
  })
  return [
    act('/tablets', INVITE_TABLET, async ({ request, account }) => {
      const to = { origin: appOrigin(request), by: account.name }
      return { link: await inviteTablet(here, await roundOf(office, { request }), request.body as TabletPlace, to) }
    }),
    act('/revoke-tablet', REVOKE_TABLET, async ({ request, account }) => {
      const { manifest, cid } = await roundOf(office, { request })
      const { tablet } = request.body as { tablet: string }
      const tid = Buffer.from(exactBytes(tablet))
      const known = await here.issuer.tablets.of(cid)
      if (!known.some((one) => one.tid.equals(tid))) throw new ActRefused('there is no such tablet', 'wrong-state')
      const note = { by: account.name, act: 'tablet-revoked', campaign: manifest.cid, facts: { tablet } } as const
      await here.acts.write(note)
      await here.issuer.tablets.revoke(tid)
      return {}
    }),
    act('/poster-lane', POSTER_LANE, async ({ request, account }) => {
      const { manifest, cid } = await roundOf(office, { request })
      const { perDay } = request.body as { perDay: number }
      if (!manifest.lanes['eit-open']) throw new ActRefused('this campaign has no open lane', 'wrong-state')
      const note = { by: account.name, campaign: manifest.cid } as const
      if (perDay === 0) await here.acts.write({ ...note, act: 'open-lane-off' })
      else await here.acts.write({ ...note, act: 'open-lane-on', facts: { perDay } })
      await here.issuer.openLane.set(cid, perDay === 0 ? { isOn: false } : { isOn: true, perDay })
      return {}
    }),
  ]
}

function pdf(reply: FastifyReply, bytes: Buffer): FastifyReply {
  return reply.type('application/pdf').send(bytes)
}
