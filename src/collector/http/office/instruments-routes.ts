import { ActRefused } from '../../campaigns/act-refused.ts'
import {
  confirmInstruments,
  importedInstruments,
  importInstruments,
  instrumentsText,
  withdrawInstruments,
} from '../../rounds/imported-instruments.ts'
import type { Handlers } from './gate.ts'
import type { Office } from './office.ts'

/** Instruments that the agency brings itself: one administrator imports them, another compares them and confirms. */
export function instrumentsRoutes({ here, tools }: Office) {
  const list = async () => {
    const all = await importedInstruments(here)
    const texts = await Promise.all(all.map(({ hash }) => instrumentsText(here, hash)))
    return { instruments: all.map((one, at) => ({ ...one, text: texts[at] ?? '' })) }
  }
  return {
    'GET /instruments': list,
    async 'POST /instruments'({ body, account }) {
      const made = await tools.readInstruments(body.text)
      if (!made) throw new ActRefused('instruments-wrong', 'instruments-wrong')
      await importInstruments(here, made, account.name)
      return list()
    },
    async 'POST /instruments/:hash/confirm'({ params, account }) {
      await confirmInstruments(here, params.hash, account.name)
      return list()
    },
    async 'POST /instruments/:hash/withdraw'({ params, account }) {
      await withdrawInstruments(here, params.hash, account.name)
      return list()
    },
  } satisfies Partial<Handlers>
}
