import { createHash } from 'node:crypto'
import { bangkokDay } from '#protocol/day'
import { REPORT_PATH, reportName } from '#protocol/public-report'
import { ActRefused } from '../../campaigns/act-refused.ts'
import { emblemOf } from '../../rounds/emblem-of.ts'
import { type Handlers, refusal, type Visit } from './gate.ts'
import type { Office } from './office.ts'
import { respondentsOrigin, roundOf } from './round-routes.ts'

/** A round's public page: published and withdrawn by an act of an administrator, written into the log with its hash. */
export function reportRoutes(office: Office) {
  const { here } = office
  const linkOf = ({ request, params }: Pick<Visit, 'request'> & { params: { readonly cid: string } }) =>
    `${respondentsOrigin(office, request)}${REPORT_PATH}${reportName(params.cid)}`
  return {
    async 'GET /rounds/:cid/public-report'(visit) {
      const { manifest } = await roundOf(office, visit.params)
      return { on: (await here.office.reports.of(manifest.cid))?.on ?? null, link: linkOf(visit) }
    },
    async 'PUT /rounds/:cid/public-report'(visit) {
      const { params, body, account } = visit
      const { manifest, state } = await roundOf(office, params)
      const isOfRound = body.cid === manifest.cid && body.fiscalYear === manifest.fiscalYear
      if (!isOfRound || JSON.stringify(body.agency) !== JSON.stringify(manifest.agency))
        throw refusal(400, 'bad-request')
      if (state !== 'opened') throw new ActRefused('there is no result to publish', 'wrong-state')
      const text = JSON.stringify(body)
      const facts = { hash: createHash('sha256').update(text).digest('hex') }
      await here.acts.write({ by: account.name, act: 'report-published', campaign: manifest.cid, facts })
      const on = bangkokDay(office.now())
      await here.office.reports.publish({ cid: manifest.cid, name: reportName(manifest.cid), on, text })
      return { on, link: linkOf(visit) }
    },
    async 'POST /rounds/:cid/withdraw-report'({ params, account }) {
      const { manifest } = await roundOf(office, params)
      if (!(await here.office.reports.of(manifest.cid)))
        throw new ActRefused('nothing of this round is published', 'wrong-state')
      await here.acts.write({ by: account.name, act: 'report-withdrawn', campaign: manifest.cid })
      await here.office.reports.withdraw(manifest.cid)
      return {}
    },
    async 'GET /rounds/:cid/report-poster'(visit) {
      const round = await roundOf(office, visit.params)
      if (!(await here.office.reports.of(round.manifest.cid)))
        throw new ActRefused('nothing of this round is published', 'wrong-state')
      const emblem = await emblemOf(here, round.manifest)
      const facts = { origin: respondentsOrigin(office, visit.request), logHead: await here.acts.head(), emblem }
      return visit.reply.type('application/pdf').send(await office.tools.printing.reportPoster(round, facts))
    },
  } satisfies Partial<Handlers>
}
