import { expect, it } from 'vitest'
import { toBase64Url } from '#protocol/bytes'
import { compareEvidence, type Evidence, evidenceOf, keySheetLink, readEvidence, witnessLink } from '#protocol/evidence'
import { keyRoundOf } from '#protocol/key-file'
import { commitmentsTo, wrapShare } from '#protocol/key-share'
import { makeBoxKeys } from '#protocol/sealed-box'
import { posterLink, slipLink } from '#protocol/slip-link'
import { testCampaign } from '#tests/support/test-campaign.ts'

const ORIGIN = 'https://ita.example.go.th'

/** Everything that speaks of one round, as people hold it in their hands. */
async function everyPiece() {
  const { campaign, slip } = await testCampaign()
  const { privateKey } = await makeBoxKeys()
  const round = keyRoundOf(campaign)
  const place = { ...round, threshold: 1, shares: 1, index: 1, commitments: await commitmentsTo([privateKey]) }
  return {
    campaign,
    texts: {
      slip: slipLink(ORIGIN, slip('iit')),
      'open poster': posterLink(ORIGIN, campaign),
      'poster or closing sheet': witnessLink(ORIGIN, campaign),
      'key sheet': keySheetLink(ORIGIN, round),
      'key file': JSON.stringify(await wrapShare(privateKey, place, 'pass')),
    },
  }
}

it('slip, posters, key sheet, key file and phone of one round agree, each with each, and none of them shows a code', async () => {
  const { campaign, texts } = await everyPiece()
  const pieces = [...Object.values(texts).map((text) => readEvidence(` ${text}\n`)), evidenceOf(campaign)]
  expect(pieces).not.toContain(null)
  for (const one of pieces as Evidence[])
    for (const other of pieces as Evidence[]) expect(compareEvidence(one, other)).toBe('same')
  expect(
    pieces.map((piece) =>
      Object.keys(piece ?? {})
        .sort()
        .join(' '),
    ),
  ).toEqual([
    ...['cid kind mh', 'cid kind mh', 'cid kind mh'],
    ...['boxKey cid kind mh', 'boxKey cid kind mh', 'boxKey cid kind mh'],
  ])
})

it('one round with another manifest or another key is a contradiction, another round is another round', async () => {
  const { campaign, texts } = await everyPiece()
  const mine = evidenceOf(campaign)
  const sheet = readEvidence(texts['key sheet']) as Evidence
  const other = toBase64Url(new Uint8Array(16).fill(7))
  const otherKey = toBase64Url((await makeBoxKeys()).publicKey)
  expect(compareEvidence(sheet, { ...mine, mh: other })).toBe('contradiction')
  expect(compareEvidence(sheet, { ...mine, boxKey: otherKey })).toBe('contradiction')
  expect(compareEvidence({ ...sheet, boxKey: otherKey }, readEvidence(texts.slip) as Evidence)).toBe('same')
  expect(compareEvidence(sheet, { ...mine, cid: other })).toBe('other-round')
})

it('what is no evidence is not taken for any: cut, lengthened, mistyped or of something else', async () => {
  const { texts } = await everyPiece()
  for (const text of Object.values(texts)) {
    expect(readEvidence(text.slice(0, -1))).toBeNull()
    expect(readEvidence(`${text}x`)).toBeNull()
  }
  expect(readEvidence(`${texts.slip}.more`)).toBeNull()
  expect(readEvidence(texts.slip.replace('#t.', '#x.'))).toBeNull()
  for (const text of ['', '#', 'https://ita.example.go.th/', '{}', '{"kind":"ita-key-share"}', '[]'])
    expect(readEvidence(text)).toBeNull()
})
