import type { Slip } from '#protocol/slip-link'
import type { Device } from '../device.ts'
import { keepSlip } from '../ticket.ts'
import { rememberTicket } from './marker.ts'

/**
 * Stores a slip and leaves the page for a fresh one. Taking the code out of the address is not enough: a tab keeps the
 * address its page was first opened with. Only another page in its place removes it there; the browser's own list of where it
 * has been keeps the link all the same, as the page about checking says. Answers false when there is nothing to leave, or
 * when the slip could not be stored: then it must be used here.
 */
export async function forgetAddress(device: Device, slip: Slip | 'damaged' | null): Promise<boolean> {
  if (!slip || slip === 'damaged') return false
  try {
    const ticket = await keepSlip(device, slip)
    if (!ticket) return false
    rememberTicket(ticket.id)
  } catch {
    return false
  }
  location.replace('/')
  return true
}
