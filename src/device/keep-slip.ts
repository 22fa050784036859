import { concat, sha256, toBase64Url, utf8 } from '#protocol/bytes'
import type { Slip } from '#protocol/slip-link'
import type { Device } from './device.ts'
import { RECORD_VERSION, type ScannedSlip, type TicketRecord } from './store.ts'

/** Two tabs, or React mounting twice, must not blind one slip twice: the second would be told that it is used. Throws a StorageError. */
export async function findOrKeepSlip(device: Pick<Device, 'store' | 'random'>, slip: Slip): Promise<TicketRecord> {
  const id = toBase64Url(device.random.bytes(16))
  const tag = await slipTag(id, slip.code)
  const [cid, mh] = [toBase64Url(slip.cid), toBase64Url(slip.mh)]
  const scanned: ScannedSlip = {
    id,
    v: RECORD_VERSION,
    state: 'scanned',
    cid,
    lane: slip.lane,
    slip: tag,
    code: slip.code,
    mh,
  }
  while (true) {
    const tickets = await device.store.transact('relaxed', ['tickets'], (tx) => tx.all('tickets'))
    const found = await findTicket(tickets, slip)
    if (found) return found
    const known = new Set(tickets.map((ticket) => ticket.id))
    const kept = await device.store.transact('strict', ['tickets'], async (tx) => {
      if ((await tx.all('tickets')).some((ticket) => !known.has(ticket.id))) return false
      await tx.put('tickets', scanned)
      return true
    })
    if (kept) return scanned
  }
}

async function findTicket(tickets: readonly TicketRecord[], slip: Slip): Promise<TicketRecord | undefined> {
  const cid = toBase64Url(slip.cid)
  // a poster has no code of its own: scanned again, it finds the ticket that this phone has not used yet
  if (slip.lane === 'eit-open') return tickets.find((ticket) => ticket.cid === cid && ticket.lane === slip.lane)
  for (const ticket of tickets) {
    if (ticket.cid === cid && ticket.slip === (await slipTag(ticket.id, slip.code))) return ticket
  }
  return undefined
}

/** What of a code stays in a ticket: another tab finds the ticket of a slip by it, nobody finds the code. */
async function slipTag(ticketId: string, code: string): Promise<string> {
  return toBase64Url(await sha256(concat(utf8(`ita/slip/v1 ${ticketId} `), utf8(code))))
}
