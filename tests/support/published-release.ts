import { makeFixture } from '#cli/demo/fixture'
import { SeededRandom } from '#cli/demo/seeded-random'
import { PUBLISHED, type PublishedFigures } from '#instruments/published'
import type { Manifest } from '#protocol/manifest'
import { Opening } from '#results/opening'
import type { Release } from '#results/release'
import { counted } from './counted.ts'
import { FORMS, TEST_YEAR } from './forms.ts'

/** A round of an invented agency that asked the published year. */
export const PUBLISHED_MANIFEST = {
  cid: 'AAAAAAAAAAAAAAAAAAAAAA',
  fiscalYear: 2566,
  instruments: { id: TEST_YEAR, hash: '' },
  agency: { th: { full: 'กรมตัวอย่าง', short: 'กรมฯ' }, en: { full: 'Department', short: 'D' } },
  k: { iit: 10, eit: 5 },
  keyShares: { shares: 3, threshold: 2 },
  lanes: Object.fromEntries(
    Object.entries({ iit: 'iit-2566', 'eit-public': 'eit-2566', 'eit-survey': 'eit-2566' }).map(([lane, form]) => [
      lane,
      { form: { id: form, hash: '' }, issuerKey: '', innerKey: '', eligible: 600 },
    ]),
  ),
} as unknown as Manifest

export const PUBLISHED_2566 = PUBLISHED[0] as PublishedFigures

/** The published year as it comes out of an opening. */
export function publishedRelease(): Release {
  const zero = PUBLISHED_2566.oitZeroItems ?? []
  const opening = new Opening({ manifest: PUBLISHED_MANIFEST })
  opening.add(makeFixture(PUBLISHED_2566, FORMS, new SeededRandom(1)).map(counted))
  return opening.release(
    Object.fromEntries(FORMS.oit.items.map(({ id }) => [id, zero.includes(id) ? 0 : 100] as const)),
  )
}
