import type { FastifyInstance } from 'fastify'
import { is } from 'valibot'
import { PROTOCOL_VERSION } from '#protocol/messages'
import { REPORT_NAME } from '#protocol/public-report'
import type { Reports } from '../office/reports.ts'
import { RefusalError } from './refusal.ts'

/** The public page of a round: the same for everybody, for as long as it is published. */
export function addReportRoute(app: FastifyInstance, reports: Reports): void {
  app.get<{ Params: { name: string } }>('/v2/reports/:name', async ({ params }, reply) => {
    const found = is(REPORT_NAME, params.name) ? await reports.byName(params.name) : undefined
    if (!found) throw new RefusalError(404, 'not-published', 'nothing is published under this address')
    // withdrawn is withdrawn: nobody passes on what they kept
    reply.header('connection', 'close').header('cache-control', 'no-store')
    return reply.send({ v: PROTOCOL_VERSION, on: found.on, report: JSON.parse(found.text) })
  })
}
