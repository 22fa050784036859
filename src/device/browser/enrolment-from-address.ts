import { type EnrolmentLink, parseEnrolment } from '#protocol/counter'

/** The enrolment in the address, `damaged`, or null when there is none. The fragment leaves the address at once. */
export function takeEnrolmentFromAddress(): EnrolmentLink | 'damaged' | null {
  const { hash, pathname } = location
  if (!hash.startsWith('#e')) return null
  history.replaceState(null, '', pathname)
  return parseEnrolment(hash) ?? 'damaged'
}
