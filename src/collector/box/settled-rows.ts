import { STAGES } from './box-schema.ts'
import { type BoxParts, epochsOf, intakeState, openRows, type RowsOf, shuffledIds, someAtATime } from './intake-rows.ts'

/** Rows of one look. */
const [SEALED, RECEIPTS] = [500, 5000]

/**
 * Sealed responses of a lane, a page at a time: of a settled campaign in the order of their random keys, always the same one;
 * of one that still runs in random order, never the same one. Only a demonstration is read while it runs.
 */
export async function* sealedPages(parts: BoxParts, { cid, lane }: RowsOf): AsyncGenerator<readonly Uint8Array[]> {
  if ((await intakeState(parts.db, cid)).stage === STAGES.collecting) {
    for await (const rows of runningRows(parts, { cid, lane })) yield rows.map(({ sealed }) => sealed)
    return
  }
  for (let after: Buffer = Buffer.alloc(0); ; ) {
    const page = await parts.db
      .selectFrom('box')
      .select(['rid', 'sealed'])
      .where('cid', '=', Buffer.from(cid))
      .where('lane', '=', lane)
      .where('rid', '>', after)
      .orderBy('rid')
      .limit(SEALED)
      .execute()
    if (page.length > 0) yield page.map((row) => row.sealed)
    const last = page.at(-1)
    if (!last || page.length < SEALED) return
    after = last.rid
  }
}

/** Names of all spent tickets of a lane, a page at a time; of a settled campaign sorted by their bytes. */
export async function* nullifierPages(parts: BoxParts, { cid, lane }: RowsOf): AsyncGenerator<readonly Uint8Array[]> {
  if ((await intakeState(parts.db, cid)).stage === STAGES.collecting) {
    for await (const rows of runningRows(parts, { cid, lane })) yield rows.map(({ nf }) => nf)
    return
  }
  for (let after: Buffer = Buffer.alloc(0); ; ) {
    const page = await parts.db
      .selectFrom('receipts')
      .select('nf')
      .where('cid', '=', Buffer.from(cid))
      .where('lane', '=', lane)
      .where('nf', '>', after)
      .orderBy('nf')
      .limit(RECEIPTS)
      .execute()
    if (page.length > 0) yield page.map(({ nf }) => nf)
    const last = page.at(-1)
    if (!last || page.length < RECEIPTS) return
    after = last.nf
  }
}

async function* runningRows(parts: BoxParts, rows: RowsOf) {
  const seen = new Set<string>()
  for await (const ids of someAtATime(
    await shuffledIds(parts.db, rows, epochsOf(await intakeState(parts.db, rows.cid), 'all')),
  )) {
    const opened = await openRows(parts, rows, ids)
    // while rows are sealed anew some lie there twice, maybe side by side
    yield opened.filter(({ nf }) => {
      const name = Buffer.from(nf).toString('hex')
      return !seen.has(name) && seen.add(name)
    })
  }
}
