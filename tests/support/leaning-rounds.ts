import type { SeededRandom } from '#cli/demo/seeded-random'
import type { Lane } from '#protocol/lane'
import type { Manifest } from '#protocol/manifest'
import type { Response } from '#results/open-responses'
import { questionnaire, TEST_YEAR } from './forms.ts'

const FORMS = { iit: 'iit-2566', 'eit-public': 'eit-2566' } as const

/** A round whose groups lean: some units and points are happier than others, by `spread` of a logit. */
export function leaningRound(random: SeededRandom, spread: number): { manifest: Manifest; responses: Response[] } {
  const between = (least: number, most: number) => least + Math.floor(random.fraction() * (most - least + 1))
  const units = Array.from({ length: between(2, 8) }, (_, at) => ({
    id: `u${at + 1}`,
    name: `unit ${at + 1}`,
    eligible: between(10, 40),
  }))
  const points = Array.from({ length: between(1, 4) }, (_, at) => ({ id: `p${at + 1}`, name: `point ${at + 1}` }))
  const staff = units.flatMap(({ id, eligible }) => {
    const leaning = spread * normal(random)
    return Array.from({ length: between(Math.ceil(eligible / 2), eligible) }, () =>
      leaningResponse('iit', { unit: id }, leaning, random),
    )
  })
  const visitors = points.flatMap(({ id }) => {
    const leaning = spread * normal(random)
    return Array.from({ length: between(3, 60) }, () => leaningResponse('eit-public', { point: id }, leaning, random))
  })
  const lanes = Object.fromEntries(Object.entries(FORMS).map(([lane, id]) => [lane, { form: { id }, eligible: 600 }]))
  const manifest = {
    cid: 'AAAAAAAAAAAAAAAAAAAAAA',
    fiscalYear: 2569,
    instruments: { id: TEST_YEAR, hash: '' },
    k: { iit: 10, eit: 5 },
    keyShares: { shares: 3, threshold: 2 },
    lanes,
    units,
    points,
  } as unknown as Manifest
  return { manifest, responses: [...staff, ...visitors] }
}

/** Each answer is drawn towards the good or the bad end. */
function leaningResponse(
  lane: keyof typeof FORMS & Lane,
  coarse: Readonly<Record<string, string>>,
  leaning: number,
  random: SeededRandom,
): Response {
  const own = leaning + 0.2 * normal(random)
  const answers = Object.fromEntries(
    questionnaire(FORMS[lane]).items.map((item) => {
      const good = 1 / (1 + Math.exp(-2 * (own + 0.5 * normal(random))))
      const byScore = [...item.options].sort((a, b) => a.score - b.score)
      const option = byScore[Math.min(byScore.length - 1, Math.floor(good * byScore.length))]
      return [item.id, option?.code ?? 0]
    }),
  )
  return { lane, answers, coarse }
}

function normal(random: SeededRandom): number {
  return Math.sqrt(-2 * Math.log(1 - random.fraction())) * Math.cos(2 * Math.PI * random.fraction())
}
