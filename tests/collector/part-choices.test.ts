import { expect, it, onTestFinished } from 'vitest'
import { openStores } from '#collector/installation/data-folder'
import { closeCampaign } from '#collector/rounds/campaign-life'
import { choicesOf, choosePart } from '#collector/rounds/part-choices'
import { makeRound } from '#tests/support/make-round.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

it('what leaves of a part is chosen once: of two who choose in the same moment one is told that it was chosen', async () => {
  const folder = tempFolder()
  const [mine, theirs] = [await openStores(folder), await openStores(folder)]
  onTestFinished(async () => {
    await mine.end()
    await theirs.end()
  })
  const { campaign } = await makeRound(mine, { eligible: { iit: 20 } })
  await expect(choosePart(mine, campaign, { lane: 'iit', choice: 'rows' }, 'a')).rejects.toThrow(
    'only a closed campaign',
  )
  await closeCampaign(mine, campaign, 'a', 'a test')
  const closed = { ...campaign, state: 'answers-closed' as const }

  // two programs, each with the file open for itself
  const outcomes = await Promise.allSettled([
    choosePart(mine, closed, { lane: 'iit', choice: 'rows' }, 'a'),
    choosePart(theirs, closed, { lane: 'iit', choice: 'breakdowns' }, 'b'),
  ])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const first = outcomes[0]?.status === 'fulfilled' ? 'rows' : 'breakdowns'
  expect(await choicesOf(theirs, campaign.manifest.cid)).toEqual({ iit: first })
  await expect(choosePart(mine, closed, { lane: 'iit', choice: 'breakdowns' }, 'a')).rejects.toThrow('chosen before')
  await expect(choosePart(mine, closed, { lane: 'eit-public', choice: 'rows' }, 'a')).rejects.toThrow('no lane')
})
