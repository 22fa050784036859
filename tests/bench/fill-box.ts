import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { IntakeKeys } from '#collector/box/intake-keys'
import { FILES, intakeKeysBeside } from '#collector/installation/data-folder'

const AT_ONCE = 2000

/**
 * Responses of a running round straight into its box, as deliveries would have left them: how a box is filled is measured
 * elsewhere. Nobody else may write meanwhile.
 */
export function fillBox(dataFolder: string, cid: Uint8Array, rows: Iterable<Uint8Array>): void {
  const database = new Database(join(dataFolder, FILES.box))
  const id = Buffer.from(cid)
  const { epoch } = database.prepare('SELECT epoch FROM intakes WHERE cid = ?').get(id) as { epoch: number }
  const key = new IntakeKeys(intakeKeysBeside(dataFolder)).of(cid, epoch)
  const spend = database.prepare("INSERT INTO spent (cid, lane, epoch, tag) VALUES (?, 'iit', ?, ?)")
  const keep = database.prepare("INSERT INTO intake (cid, lane, epoch, row) VALUES (?, 'iit', ?, ?)")
  const count = database.prepare("UPDATE counts SET n = n + ? WHERE cid = ? AND lane = 'iit'")
  const insert = database.transaction((some: readonly Uint8Array[]) => {
    for (const sealed of some) {
      const nf = randomBytes(32)
      spend.run(id, epoch, key.tag(nf))
      keep.run(id, epoch, key.close('iit', { nf, sealed }))
    }
    count.run(some.length, id)
  })
  let some: Uint8Array[] = []
  for (const row of rows) {
    some.push(row)
    if (some.length < AT_ONCE) continue
    insert(some)
    some = []
  }
  insert(some)
  database.close()
}
