import { ActRefused } from '../../campaigns/act-refused.ts'
import { type Handlers, refusal } from './gate.ts'
import type { Office } from './office.ts'
import { roundOf } from './round-routes.ts'

/** The action plan of a round that was opened: what is to be done about its result, and how far it is. */
export function measureRoutes(office: Office) {
  const { measures } = office.here.office
  return {
    async 'GET /rounds/:cid/measures/:seq'({ params }) {
      const { manifest } = await roundOf(office, params)
      return measures.after(manifest.cid, Number(params.seq))
    },
    async 'GET /rounds/:cid/measure-history'({ params }) {
      const { manifest } = await roundOf(office, params)
      return { changes: await measures.history(manifest.cid) }
    },
    async 'PUT /rounds/:cid/measures'({ params, body: { account: typedAs, ...change }, account }) {
      if (Buffer.from(account.id).toString('base64url') !== typedAs) throw refusal(403, 'not-allowed')
      const { manifest, state } = await roundOf(office, params)
      if (state !== 'opened') throw new ActRefused('there is no result to plan measures for', 'wrong-state')
      const row = await measures.save(manifest.cid, change, { by: account.name, now: office.now() })
      if (row === 'row-changed' || row === 'rows-full') throw refusal(409, row)
      return { row }
    },
  } satisfies Partial<Handlers>
}
