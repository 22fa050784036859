import type { FastifyReply } from 'fastify'
import { closingOf } from '../../acts/closing.ts'
import { ActRefused } from '../../campaigns/act-refused.ts'
import { isClosed } from '../../campaigns/campaign-state.ts'
import { emblemOf } from '../../rounds/emblem-of.ts'
import { inviteTablet } from '../../rounds/invite-tablet.ts'
import { makeSlips } from '../../rounds/make-slips.ts'
import { askSpareSlips, refuseLoneSpare } from '../../rounds/spare-slips.ts'
import { exactBytes } from '../exact-base64.ts'
import type { Handlers, Visit } from './gate.ts'
import { InTurn } from './in-turn.ts'
import type { Office } from './office.ts'
import { respondentsOrigin, roundOf, viewOf } from './round-routes.ts'

/** What is printed, and tablets. Codes leave once, inside the PDF that is answered, and are kept as hashes only. */
export function sheetRoutes(office: Office) {
  return {
    ...posterRoutes(office),
    'POST /rounds/:cid/slips': printSlips(office),
    ...slipRoutes(office),
    ...tabletRoutes(office),
  } satisfies Partial<Handlers>
}

function printSlips(office: Office) {
  const { here, tools } = office
  const inTurn = new InTurn()
  return async ({ request, reply, params, body, account }: Visit<'POST /rounds/:cid/slips'>) => {
    const round = await roundOf(office, params)
    const { lane, kind, count, unit = '' } = body
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
    const origin = respondentsOrigin(office, request)
    const emblem = await emblemOf(here, round.manifest)
    return pdf(reply, await tools.printing.slips({ campaign: round, lane, kind, codes, origin, logHead, emblem }))
  }
}

type SheetCall = 'GET /rounds/:cid/poster' | 'GET /rounds/:cid/open-poster' | 'GET /rounds/:cid/closing-sheet'

/** Posters, and the sheet that is signed at closing: what everybody may print, and no code is on. */
function posterRoutes(office: Office) {
  const { here, tools } = office
  const factsOf = async ({ request, params }: Visit<SheetCall>) => {
    const round = await roundOf(office, params)
    const emblem = await emblemOf(here, round.manifest)
    return { round, facts: { origin: respondentsOrigin(office, request), logHead: await here.acts.head(), emblem } }
  }
  return {
    async 'GET /rounds/:cid/poster'(visit) {
      const { round, facts } = await factsOf(visit)
      return pdf(visit.reply, await tools.printing.poster(round, facts))
    },
    async 'GET /rounds/:cid/open-poster'(visit) {
      const { round, facts } = await factsOf(visit)
      if (!round.manifest.lanes['eit-open']) throw new ActRefused('this campaign has no open lane', 'wrong-state')
      return pdf(visit.reply, await tools.printing.openPoster(round, facts))
    },
    async 'GET /rounds/:cid/closing-sheet'(visit) {
      const { round, facts } = await factsOf(visit)
      const closing = await closingOf(here.acts, round.manifest.cid)
      if (!closing) throw new ActRefused('this campaign is not closed', 'wrong-state')
      return pdf(visit.reply, await tools.printing.closingSheet(round, { ...facts, ...closing }))
    },
  } satisfies Partial<Handlers>
}

function slipRoutes(office: Office) {
  const { here } = office
  return {
    /** Spare slips are asked for by one administrator and printed by another. */
    async 'POST /rounds/:cid/ask-spare'({ request, params, body, account }) {
      const round = await roundOf(office, params)
      await askSpareSlips(here, round, body, account.name)
      return viewOf(office, request, round)
    },
    async 'POST /rounds/:cid/void-slips'({ request, params, body: { lane, printing }, account }) {
      const round = await roundOf(office, params)
      if (isClosed(round.state))
        throw new ActRefused('this campaign is closed: its slips are counted and published', 'wrong-state')
      const known = round.manifest.lanes[lane] ? await here.issuer.slips.of(round.cid, lane) : []
      if (!known.some((one) => one.batch === printing && !one.voided))
        throw new ActRefused('there is no such printing to void', 'wrong-state')
      const facts = { lane, printing }
      await here.acts.write({ by: account.name, act: 'slips-voided', campaign: round.manifest.cid, facts })
      await here.issuer.slips.void(round.cid, lane, printing)
      return viewOf(office, request, round)
    },
  } satisfies Partial<Handlers>
}

function tabletRoutes(office: Office) {
  const { here } = office
  return {
    async 'POST /rounds/:cid/tablets'({ request, params, body, account }) {
      const to = { origin: respondentsOrigin(office, request), by: account.name }
      const link = await inviteTablet(here, await roundOf(office, params), body, to)
      return { link, ...(await viewOf(office, request, await roundOf(office, params))) }
    },
    async 'POST /rounds/:cid/revoke-tablet'({ request, params, body: { tablet }, account }) {
      const round = await roundOf(office, params)
      const tid = Buffer.from(exactBytes(tablet))
      const known = await here.issuer.tablets.of(round.cid)
      if (!known.some((one) => one.tid.equals(tid))) throw new ActRefused('there is no such tablet', 'wrong-state')
      const campaign = round.manifest.cid
      await here.acts.write({ by: account.name, act: 'tablet-revoked', campaign, facts: { tablet } })
      await here.issuer.tablets.revoke(tid)
      return viewOf(office, request, round)
    },
    async 'POST /rounds/:cid/poster-lane'({ request, params, body: { perDay }, account }) {
      const round = await roundOf(office, params)
      const { manifest, cid } = round
      if (!manifest.lanes['eit-open']) throw new ActRefused('this campaign has no open lane', 'wrong-state')
      const note = { by: account.name, campaign: manifest.cid } as const
      if (perDay === 0) await here.acts.write({ ...note, act: 'open-lane-off' })
      else await here.acts.write({ ...note, act: 'open-lane-on', facts: { perDay } })
      await here.issuer.openLane.set(cid, perDay === 0 ? { isOn: false } : { isOn: true, perDay })
      return viewOf(office, request, round)
    },
  } satisfies Partial<Handlers>
}

function pdf(reply: FastifyReply, bytes: Buffer): FastifyReply {
  return reply.type('application/pdf').send(bytes)
}
