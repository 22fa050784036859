import { ActRefused } from '../../campaigns/act-refused.ts'
import {
  confirmInstruments,
  importedInstruments,
  importInstruments,
  instrumentsText,
  withdrawInstruments,
} from '../../rounds/imported-instruments.ts'
import { INSTRUMENTS_PARAMS } from '../schemas.ts'
import type { AdminRoute, Visit } from './gate.ts'
import type { Office } from './office.ts'
import { IMPORT_INSTRUMENTS, MOST_INSTRUMENTS_BYTES } from './schemas.ts'

/** Instruments that the agency brings itself: one administrator imports them, another compares them and confirms. */
export function instrumentsRoutes(office: Office): AdminRoute[] {
  const { here, tools } = office
  const list = async () => {
    const all = await importedInstruments(here)
    const texts = await Promise.all(all.map(({ hash }) => instrumentsText(here, hash)))
    return { v: 1, instruments: all.map((one, at) => ({ ...one, text: texts[at] ?? '' })) }
  }
  const act = (name: string, work: (visit: Visit, hash: string) => Promise<void>): AdminRoute => ({
    method: 'POST',
    path: `/instruments/:hash/${name}`,
    may: 'run',
    proof: true,
    params: INSTRUMENTS_PARAMS,
    async handle(visit) {
      await work(visit, (visit.request.params as { hash: string }).hash)
      return list()
    },
  })
  return [
    { method: 'GET', path: '/instruments', may: 'look', handle: list },
    {
      method: 'POST',
      path: '/instruments',
      may: 'run',
      proof: true,
      body: IMPORT_INSTRUMENTS,
      bodyLimit: MOST_INSTRUMENTS_BYTES,
      async handle({ request, account }) {
        const made = await tools.readInstruments((request.body as { text: string }).text)
        if (!made) throw new ActRefused('instruments-wrong', 'instruments-wrong')
        await importInstruments(here, made, account.name)
        return list()
      },
    },
    act('confirm', ({ account }, hash) => confirmInstruments(here, hash, account.name)),
    act('withdraw', ({ account }, hash) => withdrawInstruments(here, hash, account.name)),
  ]
}
