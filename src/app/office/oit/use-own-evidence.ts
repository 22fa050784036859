import { useCallback } from 'react'
import { planOf } from '#measures/plan'
import { isAddress } from '#protocol/measures'
import type { Questionnaire } from '#survey/questionnaire'
import { ask } from '../asking/ask.ts'
import { useLoaded } from '../asking/use-loaded.ts'

/** What this product published of a round, by the item of OIT that it is the evidence of: the document's own address, else the public page. */
export function useOwnEvidence(cid: string, form: Questionnaire): ReadonlyMap<string, string> {
  const loadPage = useCallback(() => ask('GET /rounds/:cid/public-report', { cid }), [cid])
  const loadRows = useCallback(() => ask('GET /rounds/:cid/measures/:seq', { cid, seq: '0' }), [cid])
  const page = useLoaded(loadPage).value
  const rows = useLoaded(loadRows).value
  const link = page && page.on !== null ? page.link : null
  const publications = rows ? planOf(rows.rows).publications : []
  const addressOf = (isOf: (document: string) => boolean) =>
    publications.find(({ document, address }) => isOf(document) && isAddress(address))?.address ?? link
  const found = [
    ['measures', addressOf((document) => document === 'measures')],
    ['measures-report', addressOf((document) => document !== 'measures')],
  ] as const
  return new Map(
    found.flatMap(([topic, address]) =>
      address === null ? [] : (form.topics[topic] ?? []).map((item) => [item, address] as const),
    ),
  )
}
