import type { Refusal } from '#protocol/messages'

/** Why nothing is delivered for now. All of it is kept. */
export type Trouble =
  | 'not-reached'
  | 'busy'
  | 'storage-full'
  | 'answers-not-open'
  | 'campaign-closed'
  | 'campaign-unknown'

/** What a refusal means for whoever asked. */
interface Meaning {
  /** Whether a slip is good for nothing after it. */
  readonly slip: 'over' | 'ask-again'
  /** Whether a tablet's link is. */
  readonly link: 'over' | 'ask-again'
  /** What a delivery waits for. */
  readonly delivery: Exclude<Trouble, 'not-reached'>
}

const WAIT = { slip: 'ask-again', link: 'ask-again', delivery: 'busy' } as const satisfies Meaning

/** Every refusal that a collector can give, once: a new one does not compile before it is said here what devices make of it. */
const MEANINGS = {
  'bad-request': WAIT,
  'body-unreadable': WAIT,
  'body-too-large': WAIT,
  'campaign-unknown': { slip: 'over', link: 'over', delivery: 'campaign-unknown' },
  'campaign-closed': { slip: 'over', link: 'over', delivery: 'campaign-closed' },
  'issue-not-open': { slip: 'ask-again', link: 'over', delivery: 'busy' },
  'issue-closed': { slip: 'over', link: 'over', delivery: 'busy' },
  'answers-not-open': { ...WAIT, delivery: 'answers-not-open' },
  'not-published': WAIT,
  'enrolment-unknown': { ...WAIT, link: 'over' },
  'enrolment-used': { ...WAIT, link: 'over' },
  'tablet-unknown': WAIT,
  'tablet-revoked': WAIT,
  'quota-used': WAIT,
  'code-unknown': { ...WAIT, slip: 'over' },
  'code-used': { ...WAIT, slip: 'over' },
  'open-off': { ...WAIT, slip: 'over' },
  'open-full': { ...WAIT, slip: 'over' },
  'storage-full': { ...WAIT, delivery: 'storage-full' },
  'too-many-requests': WAIT,
  'server-error': WAIT,
} as const satisfies Readonly<Record<Refusal, Meaning>>

type Over<What extends 'slip' | 'link'> = {
  [R in Refusal]: (typeof MEANINGS)[R][What] extends 'over' ? R : never
}[Refusal]

/** Why a slip gives no ticket; the last two this device finds out for itself. */
export type SlipRefusal = Over<'slip'> | 'lane-unknown' | 'manifest-mismatch'

/** Why a tablet's link enrols nothing; the last one this device finds out for itself. */
export type EnrolRefusal = Over<'link'> | 'manifest-mismatch'

/** The refusal after which a slip, or a link, is good for nothing; null for any other word, which is asked again. */
export function overAfter<What extends 'slip' | 'link'>(what: What, said: string | null): Over<What> | null {
  const meaning = meaningOf(said)
  return meaning?.[what] === 'over' ? (said as Over<What>) : null
}

/** What a delivery that was refused in these words waits for. */
export function troubleAfter(said: string): Trouble {
  return meaningOf(said)?.delivery ?? 'busy'
}

function meaningOf(said: string | null): Meaning | null {
  return said !== null && Object.keys(MEANINGS).includes(said) ? MEANINGS[said as Refusal] : null
}
