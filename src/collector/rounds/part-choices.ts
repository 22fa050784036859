import { isLane, type Lane } from '#protocol/lane'
import type { PartChoices } from '#protocol/office'
import { ActRefused } from '../campaigns/act-refused.ts'
import type { StoredCampaign } from '../campaigns/campaign-register.ts'
import { isClosed } from '../campaigns/campaign-state.ts'
import type { Parts } from '../installation/data-folder.ts'

/**
 * Chooses what leaves of a part whose rows and breakdowns together would tell whose a row is. Once for the whole round: the
 * other one is never to be had again. Throws an ActRefused when somebody has chosen before, also in this very moment.
 */
export async function choosePart(
  here: Pick<Parts, 'acts'>,
  { manifest, state }: StoredCampaign,
  { lane, choice }: { readonly lane: Lane; readonly choice: 'rows' | 'breakdowns' },
  by: string,
): Promise<void> {
  if (!isClosed(state)) throw new ActRefused('only a closed campaign is opened and shown', 'wrong-state')
  if (!manifest.lanes[lane]) throw new ActRefused(`this campaign has no lane ${lane}`, 'wrong-state')
  const { cid } = manifest
  const written = await here.acts.writeUnless(
    { by, act: 'rows-chosen', campaign: cid, facts: { lane, choice } },
    (earlier) => earlier.some(({ act, facts }) => act === 'rows-chosen' && facts?.lane === lane),
  )
  if (written === null) throw new ActRefused(`what leaves of ${lane} was chosen before`, 'chosen-before')
}

/** What was chosen for each part, as the log says. */
export async function choicesOf({ acts }: Pick<Parts, 'acts'>, cid: string): Promise<PartChoices> {
  const chosen = (await acts.about(cid)).filter(({ act }) => act.act === 'rows-chosen')
  return Object.fromEntries(
    chosen.flatMap(({ act: { facts } }) =>
      isLane(facts?.lane) && (facts.choice === 'rows' || facts.choice === 'breakdowns')
        ? [[facts.lane, facts.choice]]
        : [],
    ),
  )
}
