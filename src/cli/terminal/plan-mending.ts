import type { PlanFault } from '#protocol/round-plan'

/** What is wrong with a plan, in words that say how to mend it. */
const MENDING: { readonly [F in PlanFault['fault']]: (fault: Extract<PlanFault, { fault: F }>) => string } = {
  'issue-window-backwards': () => 'the issue window ends before it begins; give --issue-from and --issue-to in order',
  'answer-window-backwards': () =>
    'the answer window ends before it begins; give --answer-from and --answer-to in order',
  'named-windows-meet': () =>
    'named slips: the issue window must end before the first day of answers, or times would pair them',
  'window-over': () => 'a window is over already; give days to come',
  'answers-end-before-slips': () => 'answers would end before slips are exchanged',
  'closes-too-early': () => 'the box would be closed before the answer window ends; give a later --closes-on',
  'k-too-small': ({ k }) => `groups smaller than ${k} are never shown; raise --k-iit to 10 and --k-eit to 5, or more`,
  'lane-too-small': ({ lane, people, k }) =>
    `${lane}: ${people} people are fewer than the smallest group ever shown (${k})`,
  'no-instruments': ({ instruments }) => `there are no instruments ${instruments}; give another --instruments`,
  'no-lane': () => 'give at least one --lane',
  'unit-too-small': ({ name, people, k }) =>
    `${name}: ${people} people are fewer than the smallest group ever shown (${k}); join it with another unit`,
  'units-too-many-people': () => 'the units have more people than --lane iit says',
  'units-without-staff': () => 'units are for staff; give --lane iit, too',
  'points-without-visitors': () => 'service points are for visitors; give --lane eit-public or eit-survey, too',
  'places-wrong': () => 'give each unit and service point a name of its own, up to 200 characters, at most 100 of each',
}

/** A broken rule of a plan, and how to mend it. */
export function mendingOf(fault: PlanFault): string {
  return MENDING[fault.fault](fault as never)
}
